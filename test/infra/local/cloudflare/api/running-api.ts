import { type LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import {
  type RunningManagementApi,
  startManagementApi,
} from "../../../../../infra/local/cloudflare/api/server.ts";
import { type LocalRuntime, startRuntime } from "../../../../../infra/local/cloudflare/runtime/runtime.ts";
import { emptyAccount } from "./earlier-account.ts";

export const TOKEN = "local-only-token-of-a-test";

export interface RunningApi extends RunningManagementApi {
  readonly account: LocalAccount;
  readonly runtime: LocalRuntime;
  /** What the API logged. */
  readonly logged: readonly string[];
  /** Asks a Worker for its text. */
  readonly ask: (script: string) => Promise<string>;
}

/** The management API over HTTP, with Workers that run. */
export async function startApi(): Promise<RunningApi> {
  const account = emptyAccount();
  const logged: string[] = [];
  const runtime = await startRuntime({
    account,
    outbound: () => Promise.resolve(new Response(null, { status: 502 })),
    log: ({ message }) => logged.push(message),
  });
  const api = await startManagementApi({ account, token: TOKEN, port: 0, log: (line) => logged.push(line) });
  return {
    ...api,
    account,
    runtime,
    logged,
    ask: async (script) => (await runtime.dispatch(script, new Request("https://shop.example.com/"))).text(),
    close: async () => {
      await api.close();
      await runtime.dispose();
    },
  };
}
