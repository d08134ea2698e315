import type { LocalAccount } from "../cloudflare/account/account.ts";
import type { OpenedAccount } from "./opened-account.ts";

/** Every secret that somebody has put into the account, or that was made for this run, as it is at this moment. */
export function knownSecrets({ account, secrets, token }: OpenedAccount): readonly string[] {
  const texts = [token, ...Object.values(secrets), ...storedIn(account)];
  return [...new Set(texts)].filter((text) => text !== "");
}

function storedIn(account: LocalAccount): readonly string[] {
  const { scripts, uploads, secrets } = account.contents;
  const bound = [...scripts, ...uploads.map(({ script }) => script)].flatMap(({ bindings }) =>
    bindings.flatMap((binding) => (binding.type === "secret_text" ? [binding.text] : [])),
  );
  return [...bound, ...secrets.map(({ value }) => value)];
}
