import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountInventory } from "../../../infra/account/account-inventory.ts";
import { deployedWorker } from "../../../infra/account/deployed-worker.ts";
import { type Adoption, adoptionOf } from "../../../infra/adopt/adoption.ts";
import type { KnownSecret } from "../../../infra/adopt/pasted-secrets.ts";
import { candidatesOf, workersToLookAt } from "../../../infra/adopt/find-connector.ts";
import { LocalAccount } from "../../../infra/local/cloudflare/account/account.ts";
import { type RunningManagementApi, startManagementApi } from "../../../infra/local/cloudflare/api/server.ts";
import { foundConnector } from "./found.ts";
import { configurationOf, queueAction } from "../../worker/support/configurations.ts";
import { problemsOf } from "../environments/problems.ts";
import { type HandMade, OTHER_ZONE, otherWorker, PUBLISHED, setUp, SHOP_ZONE, TYPED } from "./hand-made.ts";

const ACCOUNT_ID = "5e1d0c4b3a29180716f5e4d3c2b1a090";
const TOKEN = "local-only-token-of-a-test";

let account: LocalAccount;
let api: RunningManagementApi;
beforeEach(async () => {
  account = new LocalAccount(ACCOUNT_ID);
  api = await startManagementApi({ account, token: TOKEN, port: 0, log: () => undefined });
});
afterEach(() => api.close());

const access = () => ({ baseUrl: api.baseUrl, token: TOKEN });

/** The adoption of the Worker `queueit`, read over the management API. */
async function adopted(
  made: Partial<HandMade> = {},
  worker: "keep" | "replace" = "replace",
): Promise<Adoption> {
  await setUp(account, made);
  return read({ worker, configuration: "configuration" in made ? made.configuration : PUBLISHED });
}

interface Reading {
  readonly worker?: "keep" | "replace";
  readonly configuration: string | undefined;
  readonly knownSecrets?: readonly KnownSecret[];
}

async function read(reading: Reading = { configuration: PUBLISHED }): Promise<Adoption> {
  const { worker = "replace", configuration, knownSecrets = [] } = reading;
  return adoptionOf(await foundConnector(ACCOUNT_ID, access(), configuration), {
    environment: "production",
    worker,
    customerId: undefined,
    knownSecrets,
  });
}

function findingsOf({ findings }: Adoption): string {
  return findings.map(({ level, what }) => `${level}: ${what}`).join("\n");
}

describe("an adopted connector", () => {
  it("is a valid environment that takes over everything that exists", async () => {
    const { environment } = await adopted();
    expect(problemsOf(environment)).toEqual([]);
    expect(environment).toMatchObject({
      accountId: ACCOUNT_ID,
      workerName: "queueit",
      namespaceTitle: "Queue-it",
      queueIt: { customerId: "ticketsandmore" },
      integrationConfiguration: { owner: "publish" },
      sites: [
        {
          zoneId: SHOP_ZONE.id,
          hostname: "shop.tickets-and-more.dk",
          protect: ["/*"],
          bypass: ["/static/*"],
        },
      ],
    });
    expect(environment.adopted).toEqual({
      namespaceId: account.namespaces[0]?.id,
      configuration: true,
      worker: true,
      routes: account.routes.map(({ id, pattern }) => ({ pattern, id: `${SHOP_ZONE.id}/${id}` })),
    });
  });

  it("has a site for each host, in its own zone", async () => {
    const { environment } = await adopted({
      protect: ["shop.tickets-and-more.dk/*", "billetter.no/", "https://billetter.no/kjop*"],
      bypass: [],
    });
    expect(environment.sites).toEqual([
      { zoneId: OTHER_ZONE.id, hostname: "billetter.no", protect: ["/", "https://billetter.no/kjop*"] },
      { zoneId: SHOP_ZONE.id, hostname: "shop.tickets-and-more.dk", protect: ["/*"] },
    ]);
    expect(problemsOf(environment).filter((problem) => problem.startsWith("error"))).toEqual([]);
  });

  it("keeps the settings that the Worker's variables say", async () => {
    const text = (name: string, value: string) => ({ type: "plain_text" as const, name, text: value });
    const { environment } = await adopted({
      bindings: [
        text("QUEUEIT_CUSTOMER_ID", "ticketsandmore"),
        text("QUEUEIT_ENQT_ENABLED", "true"),
        text("QUEUEIT_ENQT_VALIDITY_TIME", "60000"),
        text("QUEUEIT_ENQT_KEY_ENABLED", "TRUE"),
        text("QUEUEIT_FAILURE_MODE", "closed"),
        text("QUEUEIT_CLIENT_IP", "none"),
      ],
    });
    expect(environment).toMatchObject({
      failure: "closed",
      queueIt: { enqueueToken: { validityMs: 60_000, key: true }, clientIp: "none" },
    });
  });

  it("is pulled where the Worker runs on a schedule and has the API key", async () => {
    const bindings = [
      ...TYPED,
      { type: "secret_text" as const, name: "QUEUEIT_API_KEY", text: "fake-api-key" },
    ];
    const { environment } = await adopted({ bindings, crons: ["*/10 * * * *"] });
    expect(environment.integrationConfiguration).toEqual({ owner: "pull", cron: "*/10 * * * *" });
  });

  it("leaves a schedule alone that cannot be for the configuration", async () => {
    const adoption = await adopted({ crons: ["*/10 * * * *"] });
    expect(adoption.environment.integrationConfiguration).toEqual({ owner: "publish" });
    expect(findingsOf(adoption)).toContain("a schedule (*/10 * * * *) that an environment has no use for");
  });

  it("takes its secrets from the Secrets Store where they are there", async () => {
    const storeId = "00112233445566778899aabbccddeeff";
    await account.putSecret(storeId, "queue-key", "fake-key");
    const { environment } = await adopted({
      bindings: [
        {
          type: "secrets_store_secret",
          name: "QUEUEIT_SECRET_KEY",
          storeId,
          secretName: "queue-key",
        },
      ],
    });
    expect(environment.secrets).toEqual({
      strategy: "secrets-store",
      storeId,
      names: { secretKey: "queue-key" },
    });
  });

  it.each<[string, Partial<HandMade>]>([
    ["the source", { source: 'const config = { customerId: "ticketsandmore" };', configuration: "{}" }],
    ["the configuration", { source: "" }],
    [
      "the domains of the waiting rooms",
      { configuration: '{"Version":1,"Integrations":[{"QueueDomain":"ticketsandmore.queue-it.net"}]}' },
    ],
  ])("has the customer id of %s where no variable has it", async (_where, made) => {
    const { environment } = await adopted({ bindings: [], ...made });
    expect(environment.queueIt.customerId).toBe("ticketsandmore");
  });

  it("stops where nothing tells the customer id", async () => {
    expect(findingsOf(await adopted({ bindings: [], configuration: undefined }))).toContain(
      "stop: The account does not tell Queue-it's customer id.",
    );
  });

  it("says that the value of a secret has to be given again", async () => {
    expect(findingsOf(await adopted())).toContain("Cloudflare does not tell the value of QUEUEIT_SECRET_KEY");
  });

  it("never holds a secret, wherever somebody put it", async () => {
    const secret = "fake-a1b2c3d4-pasted-secret";
    const adoption = await adopted({
      bindings: [{ type: "plain_text", name: "QUEUEIT_SECRET_KEY", text: secret }],
      source: `const SECRET_KEY = "${secret}";`,
    });
    expect(JSON.stringify(adoption)).not.toContain(secret);
    expect(findingsOf(adoption)).toContain("QUEUEIT_SECRET_KEY is a variable in clear");
    expect(findingsOf(adoption)).toContain("source has SECRET_KEY written into it");
  });

  it("leaves routes for many hosts alone, takes those of other Workers for bypasses, and says so", async () => {
    await setUp(account, {
      protect: ["shop.tickets-and-more.dk/*", "*.tickets-and-more.dk/*"],
    });
    await otherWorker(account, "blog", "shop.tickets-and-more.dk/blog*");
    const adoption = await read();
    expect(findingsOf(adoption)).toContain("The route *.tickets-and-more.dk/* is for many hosts");
    expect(findingsOf(adoption)).toContain("shop.tickets-and-more.dk/blog* goes to the Worker blog");
    expect(adoption.environment.sites[0].bypass).toContainEqual({ pattern: "/blog*", worker: "blog" });
    expect(adoption.environment.adopted?.routes).toHaveLength(3);
  });

  it("stops where no route leads to the Worker", async () => {
    expect(findingsOf(await adopted({ protect: [], bypass: [] }))).toContain("stop: No route leads");
  });
});

describe("a Worker that is kept", () => {
  it("becomes a file, with the date, the flags and the names that it has", async () => {
    const { environment, files } = await adopted(
      {
        format: "service-worker",
        bindings: [
          { type: "plain_text", name: "customerId", text: "ticketsandmore" },
          { type: "secret_text", name: "SecretKey", text: "fake-key" },
        ],
      },
      "keep",
    );
    expect(environment.worker).toEqual({
      source: "file",
      path: "connectors/production.js",
      format: "service-worker",
      names: { QUEUEIT_CUSTOMER_ID: "customerId", QUEUEIT_SECRET_KEY: "SecretKey" },
      compatibilityDate: "2024-05-01",
      compatibilityFlags: [],
    });
    expect(files.map(({ content }) => Buffer.from(content).toString())).toEqual([
      account.script("queueit").content,
    ]);
    const [file] = files;
    expect(problemsOf(environment, { [file?.path ?? ""]: "" })).toEqual([]);
  });

  it("does not carry a pasted secret into the repository", async () => {
    const adoption = await adopted({ source: 'var secretKey = "a1b2c3d4e5f6a7b8";' }, "keep");
    expect(findingsOf(adoption)).toContain("stop: The source of the Worker queueit has secretKey written");
  });

  it("does not lose a binding that an environment cannot say", async () => {
    const adoption = await adopted(
      { bindings: [{ type: "plain_text", name: "SHOP_MODE", text: "sale" }] },
      "keep",
    );
    expect(findingsOf(adoption)).toContain("stop: The Worker queueit also has SHOP_MODE (plain_text)");
    expect(adoption.findings.map(({ remedy }) => remedy).join()).toContain(
      "--called QUEUEIT_SECRET_KEY=SHOP_MODE",
    );
  });
});

describe("our own Worker, deployed by another checkout", () => {
  const text = (name: string, value: string) => ({ type: "plain_text" as const, name, text: value });
  const OWN = [...TYPED, text("QUEUEIT_BUNDLE_SHA256", "a".repeat(64))];

  it("keeps a configuration that is a file, as a file of this project", async () => {
    const bindings = [...OWN, text("QUEUEIT_CONFIG_OWNER", "file")];
    const { environment, files, findings } = await adopted({ bindings });
    const path = "configurations/production.json";
    expect(environment.integrationConfiguration).toEqual({ owner: "file", path });
    expect(files.map((file) => [file.path, Buffer.from(file.content).toString()])).toEqual([
      [path, PUBLISHED],
    ]);
    expect(findings.filter(({ level }) => level === "stop")).toEqual([]);
    expect(problemsOf(environment, { [path]: PUBLISHED })).toEqual([]);
  });

  it("stops where the file's configuration is not in KV", async () => {
    const bindings = [...OWN, text("QUEUEIT_CONFIG_OWNER", "file")];
    expect(findingsOf(await adopted({ bindings, configuration: undefined }))).toContain(
      "stop: The Worker takes its",
    );
  });

  it("keeps its logs, and is never kept as a file", async () => {
    const observability = { enabled: true, samplingRate: 0.25 };
    const { environment } = await adopted({ bindings: OWN, observability }, "keep");
    expect(environment).toMatchObject({ observability });
    expect(environment).not.toHaveProperty("worker");
  });

  it("says that somebody else may still deploy it", async () => {
    expect(findingsOf(await adopted({ bindings: OWN }))).toContain("Two states that have the same objects");
  });

  it("says which bindings it loses", async () => {
    const adoption = await adopted({ bindings: [...OWN, text("SHOP_MODE", "sale")] });
    expect(findingsOf(adoption)).toContain("takes away SHOP_MODE (plain_text)");
  });
});

describe("what KV holds", () => {
  it("stops where the Worker that is uploaded would refuse it", async () => {
    expect(findingsOf(await adopted({ configuration: "<html>" }))).toContain(
      "stop: The KV namespace Queue-it holds something else than an integration configuration",
    );
  });

  it("stops where the Worker that is uploaded would leave an action out", async () => {
    const action = queueAction({ VerifyQueueIdEnabled: true, QueueIdUsageLimit: 1 });
    const configuration = JSON.stringify(configurationOf(action));
    expect(findingsOf(await adopted({ configuration }))).toContain("VerifyQueueIdEnabled in protect tickets");
    expect(findingsOf(await read({ worker: "keep", configuration }))).not.toContain("VerifyQueueIdEnabled");
  });

  it("is only told where the Worker that runs stays", async () => {
    expect(findingsOf(await adopted({ configuration: "<html>" }, "keep"))).toContain(
      "note: The KV namespace",
    );
  });

  it("is said to be nothing", async () => {
    expect(findingsOf(await adopted({ configuration: undefined }))).toContain(
      "nobody queues until one is published",
    );
  });
});

describe("ways to the Worker beside its routes", () => {
  it("are told: custom domains and workers.dev", async () => {
    await setUp(account);
    await account.putDomain("kø.billetter.no", "queueit");
    await account.annotateScript("queueit", () => ({ subdomain: { enabled: true, previewsEnabled: false } }));
    const found = findingsOf(await read());
    expect(found).toContain("note: xn--k-5ga.billetter.no is a custom domain of the Worker");
    expect(found).toContain("address under workers.dev");
  });

  it("are no site, so that nothing can be adopted of a custom domain alone", async () => {
    await setUp(account, { protect: [], bypass: [] });
    await account.putDomain("shop.tickets-and-more.dk", "queueit");
    expect(findingsOf(await read())).toContain(
      "stop: No route leads to the Worker queueit: visitors reach it by its custom domain shop.tickets-and-more.dk",
    );
  });
});

describe("a Worker with versions", () => {
  it("stops where the newest is not the one that answers", async () => {
    await setUp(account);
    await account.uploadVersion(
      "queueit",
      (before) => ({ ...before, content: `${before?.content ?? ""}//2` }) as never,
      "api",
    );
    expect(findingsOf(await read())).toContain("was uploaded and is not deployed");
  });

  it.each([
    ["keep", "stop"],
    ["replace", "note"],
  ] as const)("that share the requests is not kept unseen (%s)", async (worker, level) => {
    await setUp(account);
    const connector = await foundConnector(ACCOUNT_ID, access(), PUBLISHED);
    const answering = [
      { id: "11111111-aaaa", percentage: 90 },
      { id: "22222222-bbbb", percentage: 10 },
    ];
    const { findings } = adoptionOf(
      { ...connector, traffic: { ...connector.traffic, answering } },
      { environment: "production", worker, customerId: undefined, knownSecrets: [] },
    );
    expect(findings).toContainEqual(
      expect.objectContaining({
        level,
        what: expect.stringContaining("11111111: 90 %, 22222222: 10 %") as string,
      }),
    );
  });
});

describe("secrets in two places", () => {
  it("stop, since an environment has all of them in one", async () => {
    const storeId = "00112233445566778899aabbccddeeff";
    await account.putSecret(storeId, "QUEUEIT_SECRET_KEY", "fake-key");
    const key = { type: "secrets_store_secret" as const, name: "QUEUEIT_SECRET_KEY", storeId };
    const bindings = [
      { ...key, secretName: "QUEUEIT_SECRET_KEY" },
      { type: "secret_text" as const, name: "QUEUEIT_API_KEY", text: "fake-api-key" },
    ];
    expect(findingsOf(await adopted({ bindings }))).toContain("stop: The secret key is in the Secrets Store");
  });
});

describe("the search for a connector", () => {
  it("finds the Worker that routes lead to and that speaks Queue-it's protocol", async () => {
    await setUp(account, { bindings: [] });
    await otherWorker(account, "blog", "shop.tickets-and-more.dk/blog*");
    const inventory = await accountInventory(ACCOUNT_ID, access());
    const names = workersToLookAt(inventory);
    const workers = await Promise.all(names.map((name) => deployedWorker(ACCOUNT_ID, name, access())));
    const candidates = candidatesOf(
      workers.flatMap((worker) => worker ?? []),
      inventory,
    );
    expect(candidates.map(({ worker, patterns }) => [worker.name, patterns])).toEqual([
      ["queueit", ["shop.tickets-and-more.dk/*"]],
    ]);
  });

  it("looks at all Workers where no route leads to any", async () => {
    await setUp(account, { protect: [], bypass: [] });
    expect(workersToLookAt(await accountInventory(ACCOUNT_ID, access()))).toEqual(["queueit"]);
  });
});
