import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LocalAccount } from "../../../infra/local/cloudflare/account/account.ts";
import { type RunningManagementApi, startManagementApi } from "../../../infra/local/cloudflare/api/server.ts";
import { type Answers, answersOf } from "../../../infra/init/answers.ts";
import type { Questions } from "../../../infra/init/questions.ts";
import type { Sources } from "../../../infra/init/sources.ts";
import { OTHER_ZONE, SHOP_ZONE } from "../adopt/hand-made.ts";

const ACCOUNT_ID = "5e1d0c4b3a29180716f5e4d3c2b1a090";
const TOKEN = "local-only-token-of-a-test";

let api: RunningManagementApi;
beforeAll(async () => {
  const account = new LocalAccount(ACCOUNT_ID);
  for (const zone of [SHOP_ZONE, OTHER_ZONE]) account.addZone(zone);
  api = await startManagementApi({ account, token: TOKEN, port: 0, log: () => undefined });
});
afterAll(() => api.close());

/** A question as it was put: what it asks, what it offers, and what is taken where nothing is typed. */
interface Put {
  readonly message: string;
  readonly offers: readonly string[];
  readonly initial: string | undefined;
}

/**
 * What comes of it when a person answers the questions whose words are given, and takes what is offered in all
 * others.
 */
async function answered(
  typed: Readonly<Record<string, string>>,
  sources: Partial<Sources> = {},
): Promise<{ readonly answers: Answers; readonly put: readonly Put[] }> {
  const put: Put[] = [];
  const answerTo = (message: string) => Object.entries(typed).find(([words]) => message.includes(words))?.[1];
  const questions: Questions = {
    text: ({ message, initial, check }) => {
      put.push({ message, offers: [], initial });
      const answer = answerTo(message) ?? initial ?? "";
      const wrong = check(answer);
      return wrong === undefined ? Promise.resolve(answer) : Promise.reject(new Error(wrong));
    },
    choice: ({ message, choices, initial }) => {
      put.push({ message, offers: choices.map(({ value }) => value), initial });
      const wanted = answerTo(message) ?? initial;
      const chosen = wanted === undefined ? choices[0] : choices.find(({ value }) => value === wanted);
      if (chosen === undefined) throw new Error(`${message} does not offer ${String(wanted)}.`);
      return Promise.resolve(chosen.value);
    },
  };
  const answers = await answersOf({
    name: "live",
    flags: {},
    existing: undefined,
    earlier: { possible: [], usual: false },
    access: { baseUrl: api.baseUrl, token: TOKEN },
    questions,
    bypassesOf: () => Promise.resolve({ entries: ["/static/*"], because: "as in this test" }),
    ...sources,
  });
  return { answers, put };
}

const NEEDED = { Hostnames: "shop.tickets-and-more.dk, billetter.no", "customer id": "ticketsandmore" };

describe("the questions of init", () => {
  it("ask only for what nobody could know, and offer the rest", async () => {
    const { answers } = await answered(NEEDED);
    expect(answers).toMatchObject({
      accountId: ACCOUNT_ID,
      sites: [
        {
          zoneId: SHOP_ZONE.id,
          hostname: "shop.tickets-and-more.dk",
          protect: ["/*"],
          bypass: ["/static/*"],
        },
        { zoneId: OTHER_ZONE.id, hostname: "billetter.no", protect: ["/*"], bypass: ["/static/*"] },
      ],
      customerId: "ticketsandmore",
      owner: { owner: "publish" },
      secrets: { strategy: "variables" },
      backend: { type: "local" },
      promotedFrom: undefined,
      failure: "open",
    });
  });

  it("name the zones that the token sees, and refuse a hostname that is in none", async () => {
    const { put } = await answered(NEEDED);
    expect(put.find(({ message }) => message.startsWith("Hostnames"))?.message).toContain(
      `${SHOP_ZONE.name}, ${OTHER_ZONE.name}`,
    );
    await expect(answered({ ...NEEDED, Hostnames: "shop.elsewhere.dk" })).rejects.toThrow("is in none of");
  });

  it("ask for no zone and no account that the token tells", async () => {
    const { put } = await answered(NEEDED);
    expect(put.filter(({ message }) => /account|^Zone/i.test(message))).toEqual([]);
  });

  it("ask for both without a token", async () => {
    const { answers } = await answered(
      { ...NEEDED, Hostnames: "billetter.no", "account id": ACCOUNT_ID, "Zone of": "billetter.no" },
      { access: "there is no token" },
    );
    expect(answers).toMatchObject({ accountId: ACCOUNT_ID, sites: [{ zoneName: "billetter.no" }] });
  });

  it("leave out what is an option already", async () => {
    const flags = { customerId: "x1", hostname: ["billetter.no"], protect: ["/*"], bypass: false } as const;
    const { put } = await answered({}, { flags: { ...flags, failure: "closed" } });
    expect(put.map(({ message }) => message.split(" ").slice(0, 3).join(" "))).toEqual([
      "Who owns the",
      "Where do the",
      "Where does Terraform",
    ]);
  });

  it("offer the earlier environments, the usual one first marked, or none", async () => {
    const earlier = { possible: ["qa", "staging"], usual: "qa" };
    const { answers, put } = await answered(NEEDED, { earlier });
    expect(answers.promotedFrom).toBe("qa");
    expect(put.find(({ message }) => message.includes("before this one may"))).toMatchObject({
      offers: ["qa", "staging", "(none)"],
      initial: "qa",
    });
    const none = await answered({ ...NEEDED, "before this one may": "(none)" }, { earlier });
    expect(none.answers.promotedFrom).toBeUndefined();
  });

  it("go on to what belongs to an answer", async () => {
    const { answers } = await answered({
      ...NEEDED,
      "Who owns": "file",
      "that file": "configuration/live.json",
      "secrets come from": "secrets-store",
      "Id of the store": "9".repeat(31) + "a",
      "Terraform keep": "s3",
      "Name of the bucket": "states",
      Region: "eu-north-1",
      "skip the Worker": "none",
    });
    expect(answers).toMatchObject({
      owner: { owner: "file", path: "configuration/live.json" },
      secrets: { strategy: "secrets-store", storeId: "9".repeat(31) + "a" },
      backend: { type: "s3", bucket: "states", region: "eu-north-1" },
    });
    expect(answers.sites[0]).not.toHaveProperty("bypass");
  });

  it("offer what an environment says that is there", async () => {
    const existing = {
      accountId: ACCOUNT_ID,
      workerName: "by-hand",
      sites: [{ zoneName: "billetter.no", hostname: "billetter.no", protect: ["/tickets*"] }],
      queueIt: { customerId: "ticketsandmore" },
      backend: { type: "hcp", organization: "us", workspace: "live" },
      failure: "closed",
    } as const;
    const { answers } = await answered({}, { existing });
    expect(answers).toMatchObject({
      customerId: "ticketsandmore",
      sites: [{ zoneName: "billetter.no", protect: ["/tickets*"] }],
      backend: existing.backend,
      failure: "closed",
    });
  });
});
