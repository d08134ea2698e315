import {
  Miniflare,
  Response as MiniflareResponse,
  type Json,
  type MiniflareOptions,
  type Request as MiniflareRequest,
  type WorkerOptions,
} from "miniflare";
import type { Readable } from "node:stream";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newFolder } from "../../support/new-folder.ts";
import { buildBundle } from "../../../infra/bundles/build-bundle.ts";
import { BUNDLE_COMPATIBILITY_DATE } from "../../../infra/cloudflare/compatibility-date.ts";
import type { IntegrationConfiguration } from "../../../worker/configuration/integration-configuration.ts";
import {
  CHAINED_WORKER_BINDING,
  CONFIGURATION_BINDING,
  CONFIGURATION_KEY,
  SECRETS,
  VARIABLES,
} from "../../../worker/deployment/variables.ts";
import { CUSTOMER, SECRET } from "./tokens.ts";

const bundles = new Map<string | undefined, Promise<string>>();

/** The Worker as it ships, built once per test file for each file of hooks. */
function workerBundle(hooks: string | undefined): Promise<string> {
  const bundle = bundles.get(hooks) ?? readBundle(hooks);
  bundles.set(hooks, bundle);
  return bundle;
}

async function readBundle(hooks: string | undefined): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "test-worker-"));
  try {
    return await readFile((await buildBundle(directory, hooks)).path, "utf8");
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** What the origin, or Queue-it, was asked. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

export interface ShopOptions {
  /** Value in KV before the first request; undefined leaves KV empty. */
  readonly configuration?: IntegrationConfiguration | string;
  readonly variables?: Readonly<Record<string, Json>>;
  /** File of the site's own hooks, relative to the project's root. Default: it has none. */
  readonly hooks?: string;
  /** Answers everything the Worker fetches. Default: the shop's page, which says what it was asked. */
  readonly origin?: (request: MiniflareRequest) => MiniflareResponse | Promise<MiniflareResponse>;
  /** `host:port` of an origin that answers in bytes of its own, in place of `origin`. */
  readonly originAddress?: string;
  /** Stands for KV: gives the value, or throws what KV throws. Default: a KV namespace. */
  readonly kv?: Read;
  /** Takes what is written to the `kv` above, or throws what KV throws. Default: nothing comes of it. */
  readonly kvWrite?: (text: string) => void | Promise<void>;
  /** Secrets Store bindings, by name: each gives the secret, or throws. */
  readonly secretsStore?: Readonly<Record<string, Read>>;
  /** Source of the Worker that answers what passes, as an ES module. Default: none, and the origin answers. */
  readonly chained?: string;
  /** What somebody bound by mistake, where KV belongs. */
  readonly kvIs?: "a bucket" | "a service";
  /** What the deployment forgot. */
  readonly without?: "kv" | "secret" | "customer";
}

type Read = () => string | null | Promise<string | null>;

/** Header that sets the Worker's clock this many milliseconds before or after the machine's. */
const CLOCK_HEADER = "x-test-clock";

/** The Worker with a clock that tests can set; the bundle itself is as it ships. */
const WITH_A_CLOCK = `
  import worker from "./bundle.mjs";
  let ahead = 0;
  const Machine = Date;
  globalThis.Date = class extends Machine {
    constructor(...parts) { parts.length === 0 ? super(Machine.now() + ahead) : super(...parts); }
    static now() { return Machine.now() + ahead; }
  };
  export default {
    ...worker,
    fetch(request, env, context) {
      const wanted = request.headers.get("${CLOCK_HEADER}");
      if (wanted === null) return worker.fetch(request, env, context);
      ahead = Number(wanted);
      return new Response("set");
    },
  };
`;

/** A shop behind the Worker, in the real runtime. */
export class Shop {
  /**
   * Requests that reached the origin or Queue-it, in order. Bodies are read when the default origin answers.
   */
  readonly seen: Seen[] = [];
  /** Lines the Worker logged. */
  readonly log: string[] = [];
  readonly #miniflare: Miniflare;
  readonly #options: MiniflareOptions;
  readonly #storage: string;

  private constructor(script: string, options: ShopOptions, storage: string) {
    this.#storage = storage;
    const worker: WorkerOptions = {
      name: "worker",
      modules: [
        { type: "ESModule", path: "main.mjs", contents: WITH_A_CLOCK },
        { type: "ESModule", path: "bundle.mjs", contents: script },
      ],
      compatibilityDate: BUNDLE_COMPATIBILITY_DATE,
      bindings: {
        ...(options.without === "customer" ? {} : { [VARIABLES.customerId]: CUSTOMER }),
        ...(options.without === "secret" ? {} : { [SECRETS.secretKey]: SECRET }),
        ...options.variables,
      },
      ...kvBinding(options),
      ...(options.chained !== undefined && { serviceBindings: { [CHAINED_WORKER_BINDING]: "chained" } }),
      wrappedBindings: Object.fromEntries(heldBindings(options).map(({ name }) => [name, `held-${name}`])),
      outboundService:
        options.originAddress === undefined
          ? (request: MiniflareRequest) => this.#answer(request, options)
          : { external: { address: options.originAddress, http: {} } },
      // The Worker itself, without Miniflare's own between: that one would refuse what the runtime takes.
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    };
    this.#options = {
      // The default is a folder of Miniflare's own: `dispose` does not wait until it is gone, and the process of
      // the last test may end before that.
      cachePersist: join(storage, "cache"),
      kvPersist: join(storage, "kv"),
      r2Persist: join(storage, "r2"),
      workflowsPersist: join(storage, "workflows"),
      workers: [
        worker,
        ...heldBindings(options).map(heldWorker),
        ...(options.kvIs === "a service" ? [OTHER] : []),
        ...(options.chained === undefined
          ? []
          : [
              {
                name: "chained",
                modules: true as const,
                script: options.chained,
                compatibilityDate: BUNDLE_COMPATIBILITY_DATE,
                outboundService: worker.outboundService,
                unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
              },
            ]),
      ],
      handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
        for (const stream of [stdout, stderr]) {
          stream.on("data", (chunk: Buffer) => this.log.push(...chunk.toString("utf8").split("\n")));
        }
      },
    };
    this.#miniflare = new Miniflare(this.#options);
  }

  static async open(options: ShopOptions = {}): Promise<Shop> {
    const shop = new Shop(await workerBundle(options.hooks), options, await newFolder());
    if (options.configuration !== undefined) await shop.store(options.configuration);
    return shop;
  }

  /** Writes a configuration to KV, past the Worker. */
  async store(configuration: IntegrationConfiguration | string): Promise<void> {
    const kv = await this.#miniflare.getKVNamespace(CONFIGURATION_BINDING);
    await kv.put(
      CONFIGURATION_KEY,
      typeof configuration === "string" ? configuration : JSON.stringify(configuration),
    );
  }

  /** A request of a visitor, as Cloudflare would pass it to the Worker. Redirects are not followed. */
  async visit(url: string, init: Parameters<Miniflare["dispatchFetch"]>[1] = {}): Promise<MiniflareResponse> {
    return this.#miniflare.dispatchFetch(url, { redirect: "manual", ...init });
  }

  /** Sets the Worker's clock before (negative) or after the machine's, in seconds, from now on. */
  async setClock(seconds: number): Promise<void> {
    await this.visit("https://clock.example/", { headers: { [CLOCK_HEADER]: String(seconds * 1000) } });
  }

  /** Where the runtime listens, for requests that no client library would send. */
  async address(): Promise<URL> {
    await this.#miniflare.ready;
    return this.#miniflare.unsafeGetDirectURL();
  }

  /** Where the chained Worker listens, as if it stood alone on the route. */
  async chainedAddress(): Promise<URL> {
    await this.#miniflare.ready;
    return this.#miniflare.unsafeGetDirectURL("chained");
  }

  async #answer(request: MiniflareRequest, { origin }: ShopOptions): Promise<MiniflareResponse> {
    this.seen.push(await describe(request, origin === undefined));
    return origin?.(request) ?? new MiniflareResponse("the shop", { headers: { "x-origin": "shop" } });
  }

  /** The configuration KV holds now. */
  async storedConfiguration(): Promise<string | null> {
    const kv = await this.#miniflare.getKVNamespace(CONFIGURATION_BINDING);
    return kv.get(CONFIGURATION_KEY);
  }

  /** The Worker in a new isolate. What the data center's caches hold stays. */
  async restart(): Promise<void> {
    await this.#miniflare.setOptions(this.#options);
  }

  /** A cache of the data center, by its name. */
  async cache(name: string) {
    return (await this.#miniflare.getCaches()).open(name);
  }

  /** Runs the Worker's cron handler. */
  async runSchedule(): Promise<void> {
    const worker = await this.#miniflare.getWorker();
    await worker.scheduled({ cron: "*/5 * * * *" });
  }

  async close(): Promise<void> {
    await this.#miniflare.dispose();
    await rm(this.#storage, { recursive: true, force: true });
  }
}

function kvBinding({ without, kv, kvIs }: ShopOptions): Partial<WorkerOptions> {
  if (kvIs === "a bucket") return { r2Buckets: [CONFIGURATION_BINDING] };
  if (kvIs === "a service") return { serviceBindings: { [CONFIGURATION_BINDING]: OTHER.name } };
  return without === "kv" || kv !== undefined ? {} : { kvNamespaces: [CONFIGURATION_BINDING] };
}

const OTHER = {
  name: "other",
  modules: true,
  script: `export default { fetch: () => new Response("another Worker") };`,
} as const;

/** A binding whose reads and writes this process answers. */
interface HeldBinding {
  readonly name: string;
  readonly read: Read;
  readonly write?: ShopOptions["kvWrite"];
}

function heldBindings({ kv, kvWrite, secretsStore = {} }: ShopOptions): HeldBinding[] {
  const secrets = Object.entries(secretsStore).map(([name, read]) => ({ name, read }));
  return kv === undefined ? secrets : [{ name: CONFIGURATION_BINDING, read: kv, write: kvWrite }, ...secrets];
}

function heldWorker({ name, read, write }: HeldBinding): WorkerOptions {
  return {
    name: `held-${name}`,
    modules: true,
    script: `export default ({ holder }) => ({
      get: async () => {
        const answer = await holder.fetch("http://held/");
        if (answer.status === 500) throw new Error("GET failed: 500 Internal Server Error");
        return answer.status === 404 ? null : answer.text();
      },
      put: async (_key, body) => {
        const answer = await holder.fetch("http://held/", { method: "PUT", body });
        if (answer.status === 500) throw new Error("PUT failed: 500 Internal Server Error");
      },
    });`,
    serviceBindings: {
      holder: async (request: MiniflareRequest) => {
        try {
          if (request.method === "PUT") {
            await write?.(await request.text());
            return new MiniflareResponse();
          }
          const text = await read();
          return new MiniflareResponse(text, { status: text === null ? 404 : 200 });
        } catch {
          return new MiniflareResponse(null, { status: 500 });
        }
      },
    },
  };
}

async function describe(request: MiniflareRequest, withBody: boolean): Promise<Seen> {
  return {
    method: request.method,
    url: request.url,
    headers: new Headers([...request.headers]),
    body: withBody ? await request.text() : "",
  };
}

/** The `Cookie` header of a browser that took these `Set-Cookie` headers. */
export function cookieHeader(response: MiniflareResponse): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
}
