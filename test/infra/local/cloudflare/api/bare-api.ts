import type { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import { createManagementApi } from "../../../../../infra/local/cloudflare/api/management-api.ts";
import { ACCOUNT_ID } from "../worker-sources.ts";
import { emptyAccount } from "./earlier-account.ts";

export const ACCOUNT = `/accounts/${ACCOUNT_ID}`;
export const SCRIPTS = `${ACCOUNT}/workers/scripts`;

export interface Answer {
  readonly status: number;
  /** The first error's; undefined when there is none. */
  readonly code: number | undefined;
  readonly message: string;
  readonly result: unknown;
}

/** The management API without Workers that run: what clients send, and what comes back. */
export function bareApi(account: LocalAccount = emptyAccount()) {
  const token = "local-only-token-of-a-test";
  const logged: string[] = [];
  const api = createManagementApi({ account, token, log: (line) => logged.push(line) });

  const ask = (
    method: string,
    path: string,
    body?: RequestInit["body"],
    headers: Record<string, string> = {},
  ) =>
    api.fetch(
      new Request(`http://127.0.0.1:8787/client/v4${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...headers },
        ...(body !== undefined && { body }),
      }),
    );
  const answer = async (response: Response): Promise<Answer> => {
    const { errors, result } = (await response.json()) as {
      readonly errors: readonly { readonly code: number; readonly message: string }[];
      readonly result: unknown;
    };
    return {
      status: response.status,
      code: errors[0]?.code,
      message: errors[0]?.message ?? "",
      result,
    };
  };
  return {
    account,
    logged,
    /** The answer as it came. */
    ask,
    /** Reads the envelope of an answer. */
    read: answer,
    /** Sends JSON, or nothing, and reads the envelope. */
    call: async (method: string, path: string, body?: unknown) =>
      answer(await ask(method, path, body === undefined ? undefined : JSON.stringify(body))),
    /** Sends a form and reads the envelope. */
    form: async (
      method: string,
      path: string,
      fields: Readonly<Record<string, string | File>>,
    ): Promise<Answer> => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      return answer(await ask(method, path, form));
    },
  };
}

/** A file of a form as wrangler makes it: its name is its part's. */
export function moduleFile(name: string, text = "export default { fetch() {} };"): File {
  return new File([text], name, { type: "application/javascript+module" });
}
