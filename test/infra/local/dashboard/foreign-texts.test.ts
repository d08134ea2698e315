import fc from "fast-check";
import { Parser } from "htmlparser2";
import { describe, expect, it } from "vitest";
import { LocalAccount } from "../../../../infra/local/cloudflare/account/account.ts";
import { createDashboard, type Dashboard } from "../../../../infra/local/dashboard/dashboard.ts";
import type { DashboardCustomer, DashboardOptions } from "../../../../infra/local/dashboard/options.ts";
import { SecretForms } from "../../../../infra/secrets/forms.ts";
import { runs } from "../../../support/runs.ts";
import { ACCOUNT_ID } from "../cloudflare/worker-sources.ts";
import { queueIt } from "../queue-it/fixture.ts";
import { quietCrowd, quietOptions } from "./options.ts";

const ORIGIN = "http://localhost:8787";

/** A dashboard in which every text that others wrote is this one. */
async function dashboardOf(text: string, secrets: readonly string[] = []): Promise<Dashboard> {
  const url = new URL(`https://shop.example.com/?${text}`).href;
  const event = { time: 0, method: text, url, route: text, worker: text, status: 302 };
  const customer: DashboardCustomer = {
    customerId: "acme",
    queueIt: {
      ...queueIt().queueIt,
      getLines: () => [{ waitingRoomId: text, length: 1 }],
      lastPublish: () => ({ at: 0, version: 1, accepted: false, answer: text }),
    },
    matching: "as-configured",
    deliveries: [{ environment: text, owner: "file" }],
    steps: () => [{ title: text, detail: text, milliseconds: 1 }],
    links: () => [
      { site: text, label: text, url: "http://shop.example.com.localhost:8787/", explains: text },
    ],
    visitors: Object.assign(quietCrowd(), {
      latest: () => [{ number: 1, stage: "lost", since: 0, ahead: undefined, why: text }],
    }),
    explain: () => Promise.resolve(text),
  };
  const bytes = new TextEncoder().encode(text);
  const account = {
    id: ACCOUNT_ID,
    zones: [
      { id: "zone", name: "example.com" },
      { id: "z", name: text },
    ],
    namespaces: [{ id: "one", title: text }],
    scripts: [
      {
        name: text,
        mainModule: text,
        content: text,
        format: "es-module",
        compatibilityDate: text,
        compatibilityFlags: [text],
        bindings: [
          { type: "plain_text", name: text, text },
          { type: "kv_namespace", name: text, namespaceId: text },
          { type: "secret_text", name: "SECRET", text: "never shown" },
          { type: "secrets_store_secret", name: text, storeId: text, secretName: text },
        ],
      },
    ],
    routes: [{ id: "r", zoneId: "z", pattern: text, script: text }],
    domains: [{ id: "d", zoneId: "z", hostname: text, script: text }],
    schedules: () => [text],
    listKeys: () =>
      Promise.resolve({ keys: [{ name: text, metadata: text, expiration: 1 }], cursor: text || "c" }),
    getValue: () => Promise.resolve({ bytes, metadata: text }),
  } as unknown as DashboardOptions["account"];
  return createDashboard({
    ...quietOptions(),
    customers: [customer, { ...customer, customerId: "other" }],
    account,
    requests: () => [event],
    decided: () => text,
    outcomeOf: () => "site",
    log: () => [{ time: 0, level: text, message: text }],
    secrets: () => secrets,
  });
}

/** Every page, asked for with the text wherever an address takes one. */
async function pagesOf(text: string, secrets?: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const dashboard = await dashboardOf(text, secrets);
  const asked = (path: string, names: readonly string[], others = "") =>
    `${path}?${new URLSearchParams(Object.fromEntries(names.map((name) => [name, text]))).toString()}${others}`;
  const paths = [
    asked("/", ["minutes"]),
    "/requests",
    asked("/log", []),
    asked("/account", ["prefix", "key", "cursor"], "&namespace=one"),
    asked("/configuration", ["find", "action", "saved"]),
  ];
  const shown = await Promise.all(
    paths.map(async (path) => {
      const answer = await dashboard.fetch(new Request(`${ORIGIN}${path}`));
      expect(answer.status).toBe(200);
      return [path.split("?", 1)[0] ?? "", await answer.text()] as const;
    }),
  );
  const explained = await dashboard.fetch(
    new Request(`${ORIGIN}/explain`, {
      method: "POST",
      headers: { origin: ORIGIN, "sec-fetch-site": "same-origin" },
      body: new URLSearchParams({ url: text, method: text, headers: text, body: text }),
    }),
  );
  return Object.fromEntries([...shown, ["/explain", await explained.text()]]);
}

/** Elements in their order, each with the names of its attributes. */
function structureOf(page: string): readonly string[] {
  const structure: string[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => structure.push([name, ...Object.keys(attributes).sort()].join(" ")),
    onprocessinginstruction: (name) => structure.push(name),
    oncomment: () => structure.push("comment"),
  });
  parser.end(page);
  return structure;
}

const PIECES = [
  ...["<x9z>", "</textarea>", "</title>", "</bdi>", "</script>", "<script>x9z</script>", "<svg/onload=x9z>"],
  ...[
    '"',
    "'",
    "`",
    " onfocus=x9z autofocus ",
    "<!--",
    "-->",
    "]]>",
    "&lt;",
    "&#60;x9z&#62;",
    "\u0000",
    "\u202e",
  ],
  ...["javascript:x9z", "${x9z}", "<", ">", "&", "=", "é🎟", "a"],
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })), { minLength: 1, maxLength: 8 })
  .map((pieces) => `b${pieces.join("")}`);

describe("a text that others wrote", () => {
  it("stays a text on every page of the dashboard, wherever it stands", async () => {
    const harmless = await pagesOf("bbb");
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const pages = await pagesOf(text);
        for (const [path, page] of Object.entries(pages)) {
          expect([path, structureOf(page)]).toEqual([path, structureOf(harmless[path] ?? "")]);
        }
      }),
      { numRuns: runs(4, 15) },
    );
  });

  it.each(PIECES)("stays a text: %j", async (piece) => {
    const [harmless, pages] = await Promise.all([pagesOf("bbb"), pagesOf(`b${piece}b`)]);
    for (const [path, page] of Object.entries(pages)) {
      expect([path, structureOf(page)]).toEqual([path, structureOf(harmless[path] ?? "")]);
    }
  });

  it("leads nowhere but to the dashboard and the shop", async () => {
    for (const page of Object.values(await pagesOf("javascript:x9z"))) {
      const addresses = [...page.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, address]) => address);
      expect(
        addresses.filter(
          (address) => !/^(?:\/|#|data:,$|http:\/\/shop\.example\.com\.localhost:8787\/)/.test(address ?? ""),
        ),
      ).toEqual([]);
    }
  });
});

describe("a secret", () => {
  const SECRET = "canary-1f9c4e72b7d04a5b9c3d";

  it.each([
    ["as it is", SECRET],
    ["in base64", Buffer.from(`key: ${SECRET}`).toString("base64")],
    ["percent-encoded", [...SECRET].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join("")],
    ["in hexadecimal", Buffer.from(SECRET).toString("hex")],
    ["where a long text is cut", `${"x".repeat(4096 - 10)}${SECRET}${"x".repeat(200)}`],
    ["where a binding is cut", `${"x".repeat(190)}${SECRET}`],
  ])("is on no page, %s, wherever a Worker or a visitor wrote it", async (_how, text) => {
    const forms = new SecretForms(SECRET);
    for (const [path, page] of Object.entries(await pagesOf(text, [SECRET]))) {
      // What is typed into an editor or a filter by the person in front of it is theirs.
      if (path === "/configuration") continue;
      expect([path, forms.isIn(page), page.includes(SECRET.slice(0, 10))]).toEqual([path, false, false]);
    }
  });

  it("is on no page where it is bound to a Worker", async () => {
    const account = new LocalAccount(ACCOUNT_ID);
    await account.putScript({
      name: "connector",
      mainModule: "worker.mjs",
      content: "",
      format: "es-module",
      compatibilityDate: "2026-04-01",
      compatibilityFlags: [],
      bindings: [{ type: "secret_text", name: "KEY", text: SECRET }],
    });
    await account.putSecret("0000000000000000000000000000store", "stored", SECRET);
    const customer = (await pagesOfAccount(account)).join("");
    expect(customer).toContain("KEY</code>: secret, hidden");
    expect(customer).not.toContain(SECRET);
  });
});

async function pagesOfAccount(account: LocalAccount): Promise<readonly string[]> {
  const dashboard = createDashboard({
    ...quietOptions(),
    account,
    customers: [
      {
        ...{ customerId: "acme", queueIt: queueIt().queueIt, matching: "as-configured", deliveries: [] },
        ...{ steps: () => [], links: () => [], explain: () => Promise.resolve(""), visitors: quietCrowd() },
      },
    ],
  });
  return Promise.all(
    ["/", "/requests", "/configuration", "/account", "/log"].map(async (path) =>
      (await dashboard.fetch(new Request(`${ORIGIN}${path}`))).text(),
    ),
  );
}
