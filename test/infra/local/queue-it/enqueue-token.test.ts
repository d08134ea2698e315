import { Token } from "@queue-it/queue-token";
import { describe, expect, it } from "vitest";
import { checkEnqueueToken } from "../../../../infra/local/queue-it/enqueue-token.ts";
import { get, location, queueIt, redirectToWaitingRoom, SECRET_KEY, SHOP } from "./fixture.ts";

const NOW = Date.now();
const expected = { customerId: "acme", waitingRoomId: "demotickets", secretKey: SECRET_KEY, now: NOW };

function enqueueToken(customerId = "acme", waitingRoomId = "demotickets", secretKey = SECRET_KEY): string {
  return Token.Enqueue(customerId).WithEventId(waitingRoomId).WithValidity(60_000).Generate(secretKey).Token;
}

describe("an enqueue token", () => {
  it("is valid for its customer and waiting room", () => {
    expect(checkEnqueueToken(enqueueToken(), expected)).toMatchObject({ kind: "valid" });
  });

  it.each([
    ["another customer", enqueueToken("other"), "it was made for another customer"],
    ["another waiting room", enqueueToken("acme", "other"), "it was made for another waiting room"],
    [
      "another secret key",
      enqueueToken("acme", "demotickets", "another-fake-key"),
      "it was not signed with this account's secret key",
    ],
    ["nobody: it is nonsense", "nonsense", "it was not signed with this account's secret key"],
    ["nobody: it is dots", "..", "it was not signed with this account's secret key"],
  ])("is not valid when it was made for %s", (_, token, reason) => {
    expect(checkEnqueueToken(token, expected)).toEqual({ kind: "invalid", reason });
  });

  it("is not valid after its time", () => {
    expect(checkEnqueueToken(enqueueToken(), { ...expected, now: NOW + 120_000 })).toEqual({
      kind: "invalid",
      reason: "it has expired",
    });
  });

  it("is named on the waiting room's page, with what it is worth", async () => {
    const { queueIt: q, clock } = queueIt();
    clock.milliseconds = NOW;
    const showPage = async (token: string) => {
      const joined = await q.fetch(redirectToWaitingRoom(`${SHOP}/tickets`, `&enqueuetoken=${token}`));
      return (await q.fetch(get(location(joined)))).text();
    };

    expect(await showPage(enqueueToken())).toMatch(/Enqueue token<\/dt>\s*<dd><code>valid/);
    expect(await showPage("nonsense")).toMatch(/Enqueue token<\/dt>\s*<dd><code>not valid/);
  });
});
