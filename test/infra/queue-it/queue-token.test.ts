import { describe, expect, it } from "vitest";
import { demoConfiguration } from "../../../infra/local/queue-it/demo-configuration.ts";
import { signQueueToken } from "../../../infra/queue-it/queue-token.ts";
import { SECRET_KEY, SHOP } from "../local/queue-it/fixture.ts";
import { askSdk } from "../local/queue-it/sdk.ts";

const CONFIGURATION = JSON.stringify(demoConfiguration(["shop.example.com"], { customerId: "acme" }));
const FAR_FUTURE = 4_000_000_000;
const FIELDS = {
  waitingRoomId: "demotickets",
  queueId: "6f1e1c1e-0000-4000-8000-000000000000",
  expires: FAR_FUTURE,
  validity: { kind: "extendable" },
} as const;

describe("a queue token", () => {
  it("has the platform's fields in the platform's order, the signature last", () => {
    expect(signQueueToken(FIELDS, SECRET_KEY)).toMatch(
      /^e_demotickets~q_6f1e1c1e-0000-4000-8000-000000000000~ts_4000000000~ce_true~rt_queue~h_[0-9a-f]{64}$/,
    );
  });

  it("is accepted by the SDK, which then gives the visitor a session cookie", async () => {
    const token = signQueueToken(FIELDS, SECRET_KEY);

    const answer = await askSdk({ url: `${SHOP}/tickets`, token }, CONFIGURATION);

    expect(answer.redirectUrl).toBeUndefined();
    expect([...answer.cookies.keys()]).toEqual(["QueueITAccepted-SDFrts345E-V3_demotickets"]);
  });

  it("leads to a cookie that lets the visitor browse on without a token", async () => {
    const first = await askSdk(
      { url: `${SHOP}/tickets`, token: signQueueToken(FIELDS, SECRET_KEY) },
      CONFIGURATION,
    );

    const second = await askSdk({ url: `${SHOP}/tickets/2`, cookies: first.cookies }, CONFIGURATION);

    expect(second.redirectUrl).toBeUndefined();
  });

  it("with a fixed validity makes a cookie that is not extended", async () => {
    const token = signQueueToken({ ...FIELDS, validity: { kind: "fixed", minutes: 7 } }, SECRET_KEY);

    const answer = await askSdk({ url: `${SHOP}/tickets`, token }, CONFIGURATION);

    expect([...answer.cookies.values()][0]).toContain("FixedValidityMins=7");
  });

  it("is refused by the SDK when one character of it was changed", async () => {
    const token = signQueueToken(FIELDS, SECRET_KEY).replace("rt_queue", "rt_queuf");

    const answer = await askSdk({ url: `${SHOP}/tickets`, token }, CONFIGURATION);

    expect(answer.redirectUrl).toContain("https://acme.queue-it.net/error/hash/?");
  });

  it("is refused by the SDK after its time", async () => {
    const token = signQueueToken({ ...FIELDS, expires: 1 }, SECRET_KEY);

    const answer = await askSdk({ url: `${SHOP}/tickets`, token }, CONFIGURATION);

    expect(answer.redirectUrl).toContain("https://acme.queue-it.net/error/timestamp/?");
  });
});
