import { describe, expect, it } from "vitest";
import { explainRequest, type WorkerSteps } from "../../../../infra/configuration/explain/explain-request.ts";
import { explainedJson } from "../../../../infra/configuration/explain/explained-json.ts";
import { explainerOf } from "../../../../infra/configuration/explain/explainer.ts";
import { configurationOf, queueAction } from "../../../worker/support/configurations.ts";
import { sessionCookie } from "../../../worker/support/session-cookie.ts";
import { queueToken, CUSTOMER, SECRET } from "../../../worker/support/tokens.ts";
import { SITE, SOUND } from "../../environments/sound-environment.ts";

const PREFETCH = [["sec-purpose", "prefetch;prerender"]] as const;
const PREFLIGHT = [
  ["origin", "https://app.example"],
  ["access-control-request-method", "PUT"],
] as const;
const FORGED = queueToken({}, "another-fake-secret");

interface Asked {
  readonly headers: readonly (readonly [string, string])[];
  readonly method?: string;
  readonly query?: string;
  readonly secretKey?: string | undefined;
  readonly action?: ReturnType<typeof queueAction>;
}

async function explained({ headers, method = "GET", query = "", action = queueAction(), ...given }: Asked) {
  const explainer = await explainerOf({
    named: {
      name: "staging",
      environment: {
        ...SOUND,
        sites: [{ ...SITE, hostname: "shop.example", bypass: [] }],
        queueIt: { customerId: CUSTOMER },
      },
    },
    configuration: configurationOf(action),
    secretKey: "secretKey" in given ? given.secretKey : SECRET,
  });
  const url = new URL(`https://shop.example/tickets${query}`);
  const result = await explainRequest({ url, method, headers, body: "" }, explainer);
  const { worker } = explainedJson(result, null) as { worker: { outcome: string } & WorkerSteps };
  return {
    outcome: worker.outcome,
    credentials: worker.credentials.map(({ kind, state }) => `${kind} ${state}`),
  };
}

describe("an explanation of what a browser asks ahead", () => {
  it.each([SECRET, undefined])(
    "says nothing of a token, which is not looked at, with the secret key or without (%s)",
    async (secretKey) => {
      const query = `?queueittoken=${FORGED}`;
      expect(await explained({ headers: PREFETCH, query, secretKey })).toEqual({
        outcome: "prefetch",
        credentials: ["session none"],
      });
      expect(await explained({ headers: PREFLIGHT, method: "OPTIONS", query, secretKey })).toEqual({
        outcome: "preflight",
        credentials: [],
      });
    },
  );

  it("depends on the session of a prefetch", async () => {
    const headers = [...PREFETCH, ["cookie", sessionCookie()]] as const;
    expect((await explained({ headers })).outcome).toBe("pass");
    expect((await explained({ headers, secretKey: undefined })).outcome).toBe("not-checked");
  });

  it.each([
    ["that limits the uses of a queue id", { VerifyQueueIdEnabled: true, QueueIdUsageLimit: 3 }],
    ["that ends the session", { ActionType: "Cancel" }],
  ])("does not depend on it for an action %s", async (_what, part) => {
    const headers = [...PREFETCH, ["cookie", sessionCookie()]] as const;
    for (const secretKey of [SECRET, undefined])
      expect(await explained({ headers, secretKey, action: queueAction(part) })).toEqual({
        outcome: "prefetch",
        credentials: [],
      });
  });
});
