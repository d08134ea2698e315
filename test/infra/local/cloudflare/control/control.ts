import type { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import {
  type ControlApiOptions,
  createControlApi,
} from "../../../../../infra/local/cloudflare/control/control-api.ts";
import { emptyAccount } from "../api/earlier-account.ts";

const TOKEN = "local-only-token-of-a-test";

export interface ControlAnswer {
  readonly status: number;
  readonly result: unknown;
  readonly message: string;
}

/** The calls beside Cloudflare's API, without a server. */
export function bareControl(options: Partial<ControlApiOptions> & { readonly account?: LocalAccount } = {}) {
  const account = options.account ?? emptyAccount();
  const initial = account.contents;
  const restored: string[] = [];
  const logged: string[] = [];
  const api = createControlApi({
    token: TOKEN,
    version: "1.2.3",
    readiness: () => "ready",
    initial: () => initial,
    restored: () => {
      restored.push("told");
      return Promise.resolve();
    },
    log: (line) => logged.push(line),
    ...options,
    account,
  });

  const ask = (method: string, path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has("authorization")) headers.set("authorization", `Bearer ${TOKEN}`);
    return api.fetch(new Request(`http://127.0.0.1:8788${path}`, { ...init, method, headers }));
  };
  const call = async (method: string, path: string, init: RequestInit = {}): Promise<ControlAnswer> => {
    const response = await ask(method, path, init);
    if (response === undefined) throw new Error(`${path} is Cloudflare's own API to answer.`);
    const { errors, result } = (await response.json()) as {
      readonly errors: readonly { readonly message: string }[];
      readonly result: unknown;
    };
    return { status: response.status, result, message: errors[0]?.message ?? "" };
  };
  return { account, api, ask, call, restored, logged };
}
