import type { IncomingMessage } from "node:http";
import type { PermissionName } from "../../../infra/cloudflare/permission-groups.ts";
import type { CloudflareAccess } from "../../../infra/account/read-api.ts";
import { API_BASE, createManagementApi } from "../../../infra/local/cloudflare/api/management-api.ts";
import type { LocalAccount } from "../../../infra/local/cloudflare/account/account.ts";
import { listen } from "../../../infra/local/cloudflare/http/listen.ts";
import { sendResponse } from "../../../infra/local/cloudflare/http/node-http.ts";
import { issueTokens } from "../../../infra/local/server/issued-tokens.ts";
import type { SwitchPlace } from "../../../infra/switch/place.ts";
import { switchFailure } from "../../../infra/switch/switch-failure.ts";
import { switchOff } from "../../../infra/switch/switch-off.ts";
import { switchOn } from "../../../infra/switch/switch-on.ts";
import { emptyAccount } from "../local/cloudflare/api/earlier-account.ts";
import { ACCOUNT_ID, moduleWorker, ZONE } from "../local/cloudflare/worker-sources.ts";

const TOKEN = "local-only-token-of-a-test";
const NOW = new Date("2026-11-26T02:30:00Z");

/** Answers a call instead of the API: a status, or nothing at all; undefined lets it through. */
type Fault = (method: string, path: string) => number | "silence" | undefined;

/** An account with a connector, its Worker not running, and its API over HTTP, which can be made to fail. */
export class SwitchWorld {
  fault: Fault = () => undefined;
  /** Every call, in order: `PUT /zones/…`. */
  readonly calls: string[] = [];

  private constructor(
    readonly account: LocalAccount,
    readonly baseUrl: string,
    readonly namespaceId: string,
    readonly close: () => Promise<void>,
  ) {}

  static async start(patterns: readonly string[]): Promise<SwitchWorld> {
    const account = emptyAccount();
    const { id: namespaceId } = await account.createNamespace("queueit");
    await account.putScript(
      moduleWorker("", [
        { type: "kv_namespace", name: "IntegrationConfigKV", namespaceId },
        { type: "plain_text", name: "QUEUEIT_CUSTOMER_ID", text: "acme" },
        { type: "plain_text", name: "QUEUEIT_FAILURE_MODE", text: "open" },
        { type: "secret_text", name: "QUEUEIT_SECRET_KEY", text: "fake-secret-of-a-test" },
      ]),
    );
    await account.putScript(moduleWorker("", [], "other"));
    for (const pattern of patterns) await account.createRoute(ZONE.id, pattern, "shop");
    const api = createManagementApi({ account, token: TOKEN, log: () => undefined });
    const started: { world?: SwitchWorld } = {};
    const listener = await listen(0, (incoming, outgoing, port) => {
      const { method = "GET", url = "/", headers } = incoming;
      const answer = async () => {
        const [body, type] = [await bytesOf(incoming), headers["content-type"]];
        const path = url.slice(API_BASE.length);
        started.world?.calls.push(`${method} ${path}`);
        const fault = started.world?.fault(method, path);
        if (fault === "silence") return void outgoing.destroy();
        if (fault !== undefined) return void outgoing.writeHead(fault).end("{}");
        const init = {
          method,
          headers: {
            authorization: headers.authorization ?? "",
            ...(type !== undefined && { "content-type": type }),
          },
          ...(body.length > 0 && { body }),
        };
        await sendResponse(await api.fetch(new Request(`http://127.0.0.1:${port}${url}`, init)), outgoing);
      };
      answer().catch(() => outgoing.destroy());
    });
    const baseUrl = `http://127.0.0.1:${listener.port}${API_BASE}`;
    started.world = new SwitchWorld(account, baseUrl, namespaceId, () => listener.close());
    return started.world;
  }

  get access(): CloudflareAccess {
    return { baseUrl: this.baseUrl, token: TOKEN };
  }

  /** The API with a token that has these permissions and no others. */
  async accessWith(...permissions: readonly PermissionName[]): Promise<CloudflareAccess> {
    const { test = "" } = await issueTokens(this.account, [{ name: "test", permissions }]);
    return { baseUrl: this.baseUrl, token: test };
  }

  /** `pattern → Worker` of each route, in the order of the account. */
  get routes(): readonly string[] {
    return this.account.routes.map(({ pattern, script }) => `${pattern} → ${script ?? "none"}`);
  }

  /** The texts of all notes. */
  async notes(): Promise<readonly string[]> {
    const { keys } = await this.account.listKeys(this.namespaceId, { prefix: "", cursor: "", limit: 1000 });
    return Promise.all(
      keys.map(async ({ name }) =>
        Buffer.from((await this.account.getValue(this.namespaceId, name)).bytes).toString(),
      ),
    );
  }

  off(
    options: { readonly site?: string; readonly reason?: string; readonly access?: CloudflareAccess } = {},
  ) {
    const { site, reason = "the login loops", access = this.access } = options;
    return switchOff({
      place: PLACE,
      access,
      site,
      reason,
      by: "Ada",
      now: NOW,
      confirm: () => Promise.resolve(),
    });
  }

  on(
    options: { readonly site?: string; readonly leavesOthers?: boolean; readonly place?: SwitchPlace } = {},
  ) {
    const { site, leavesOthers = false, place = PLACE } = options;
    return switchOn({ place, access: this.access, site, leavesOthers, confirm: () => Promise.resolve() });
  }

  failure(mode: "open" | "closed", access = this.access) {
    const confirm = () => Promise.resolve();
    return switchFailure({ place: PLACE, access, mode, reason: () => "bots", by: "Ada", now: NOW, confirm });
  }
}

/** By its account, zone and Worker alone. */
const PLACE: SwitchPlace = {
  name: "shop",
  words: "--worker shop",
  accountId: ACCOUNT_ID,
  zones: [{ id: ZONE.id }],
  worker: "shop",
  environment: undefined,
};

/** The same with an environment that protects these patterns. */
export function placeThatProtects(...patterns: readonly string[]): SwitchPlace {
  return placeThat(...patterns.map((pattern) => ({ kind: "protect" as const, pattern })));
}

type PlacedRoutes = NonNullable<SwitchPlace["environment"]>["routes"];

/** The same with an environment that has these routes. */
export function placeThat(...routes: PlacedRoutes): SwitchPlace {
  const environment = { name: "shop", failure: "open" as const, hostnames: [], routes, hostsOf: new Map() };
  return { ...PLACE, environment };
}

async function bytesOf(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}
