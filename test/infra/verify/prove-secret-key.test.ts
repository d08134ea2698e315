import { describe, expect, it } from "vitest";
import { proveSecretKey } from "../../../infra/verify/prove-secret-key.ts";
import type { Answer, Reach } from "../../../infra/verify/reach.ts";
import { configurationOf, pathContains, queueAction } from "../../worker/support/configurations.ts";

const ZONE = { id: "0f1e2d3c4b5a69788796a5b4c3d2e1f0" };
const SECRET = "fake-key-that-nobody-may-see";

/** A site that gives one answer to everything, and remembers what it was asked. */
function site(answer: Partial<Answer> | Error) {
  const asked: string[] = [];
  const reach: Reach = {
    get: (url) => {
      asked.push(url);
      if (answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve({ status: 200, headers: new Headers(), location: null, body: "", ...answer });
    },
    post: () => Promise.reject(new Error("nothing is posted")),
    close: () => Promise.resolve(),
  };
  return { reach, asked };
}

async function proof(answer: Partial<Answer> | Error, configuration = configurationOf(queueAction())) {
  const { reach, asked } = site(answer);
  const question = {
    reach,
    secretKey: SECRET,
    routes: [{ kind: "protect", pattern: "shop.a.dk/*", zone: ZONE }] as const,
    hostnames: ["shop.a.dk"],
    configuration: JSON.stringify(configuration),
    isOurs: false,
  };
  return { ...(await proveSecretKey(question)), asked };
}

const errorAt = (code: string) => ({
  status: 302,
  location: `https://testcustomer.queue-it.net/error/${code}/?c=testcustomer&e=event1`,
});

describe("the proof of a secret key", () => {
  it("asks one page that queues, once, and shows the key nowhere", async () => {
    const { asked, why } = await proof(errorAt("hash"));
    expect(asked).toEqual([expect.stringMatching(/^https:\/\/shop\.a\.dk\/tickets\?queueittoken=e_event1~/)]);
    expect(asked.join() + why).not.toContain(SECRET);
  });

  it("is a session", async () => {
    const headers = new Headers({ "set-cookie": "QueueITAccepted-SDFrts345E-V3_event1=x; path=/" });
    const answer = { status: 302, location: "https://shop.a.dk/tickets", headers };
    expect((await proof(answer)).outcome).toBe("same");
  });

  it("is a clock that is wrong, since the SDK looks at the hash first", async () => {
    expect(await proof(errorAt("timestamp"))).toMatchObject({
      outcome: "same",
      why: expect.stringContaining("clock") as string,
    });
  });

  it.each([
    ["a refused hash", errorAt("hash"), "different"],
    ["another refusal", errorAt("eventid"), "unclear"],
    ["a page", { status: 200 }, "unclear"],
    ["a redirect to somewhere", { status: 302, location: "https://www.a.dk/" }, "unclear"],
    ["no answer", new Error("timed out"), "unclear"],
  ])("is %s: %o is %s", async (_what, answer, outcome) => {
    expect((await proof(answer)).outcome).toBe(outcome);
  });

  it("is not tried where no page is sure to queue", async () => {
    const action = queueAction({
      Triggers: [
        {
          LogicalOperator: "And",
          TriggerParts: [{ ...pathContains("/a"), ValidatorType: "CookieValidator", CookieName: "vip" }],
        },
      ],
    });
    expect(await proof({}, configurationOf(action))).toMatchObject({ outcome: "not-tried", asked: [] });
  });
});
