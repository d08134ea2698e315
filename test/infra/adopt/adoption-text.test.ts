import { afterEach, beforeEach, expect, it } from "vitest";
import { adoptionOf } from "../../../infra/adopt/adoption.ts";
import { adoptionText } from "../../../infra/adopt/adoption-text.ts";
import { LocalAccount } from "../../../infra/local/cloudflare/account/account.ts";
import { type RunningManagementApi, startManagementApi } from "../../../infra/local/cloudflare/api/server.ts";
import type { SecretKeyProof } from "../../../infra/queue-it/secret-key-proof.ts";
import type { Look } from "../../../infra/text/look.ts";
import { foundConnector } from "./found.ts";
import { PUBLISHED, setUp } from "./hand-made.ts";

const ACCOUNT_ID = "5e1d0c4b3a29180716f5e4d3c2b1a090";
const TOKEN = "local-only-token-of-a-test";
const SAME: SecretKeyProof = { outcome: "same", why: "A token signed with it got a session." };

let account: LocalAccount;
let api: RunningManagementApi;
beforeEach(async () => {
  account = new LocalAccount(ACCOUNT_ID);
  api = await startManagementApi({ account, token: TOKEN, port: 0, log: () => undefined });
});
afterEach(() => api.close());

async function text(look: Look, proof = SAME, title = "Queue-it"): Promise<string> {
  await setUp(account, { title });
  const connector = await foundConnector(ACCOUNT_ID, { baseUrl: api.baseUrl, token: TOKEN }, PUBLISHED);
  const choices = {
    environment: "live",
    worker: "replace",
    customerId: undefined,
    knownSecrets: [],
  } as const;
  const adoption = adoptionOf(connector, choices);
  const path = "infra/environments/live.ts";
  return adoptionText({ name: "live", path, source: "", connector, adoption, beside: [], proof }, look);
}

it("fits into a narrow terminal", async () => {
  const lines = (await text({ colours: false, columns: 60 })).split("\n");
  expect(lines.filter((line) => line.length > 60)).toEqual([]);
});

it("has colours where they are wanted, and nowhere else", async () => {
  expect(await text({ colours: false, columns: 80 })).not.toContain("\u001b");
});

it("marks what there is to know", async () => {
  expect(await text({ colours: true, columns: 80 })).toMatch(/\u001b\[33m {2}! /);
});

it("lets no name of the account move the cursor or turn text around", async () => {
  const shown = await text({ colours: false, columns: 200 }, SAME, "a\u001b[2J\u202eb");
  expect(shown).toContain(String.raw`a\u001b[2J\u202eb: integration`);
});

it("says loudly that the secret key is another one", async () => {
  const proof = { outcome: "different", why: "A token signed with it was refused." } as const;
  expect(await text({ colours: false, columns: 500 }, proof)).toContain("IS NOT THE ONE THAT RUNS");
});
