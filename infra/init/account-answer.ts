import { UserError } from "../errors/user-error.ts";
import { seenAccounts } from "./account-choices.ts";
import { asAnswer, checkAccount } from "./flags.ts";
import type { Sources } from "./sources.ts";

/**
 * The id of the account, undefined where it is missing.
 *
 * @param missing Gets what is.
 * @throws UserError when the token does not see the one that is named.
 */
export async function accountOf(
  { flags, existing, access, questions }: Sources,
  missing: string[],
): Promise<string | undefined> {
  if (flags.account === undefined && questions === undefined && existing !== undefined)
    return existing.accountId;
  const accounts = await seenAccounts(access);
  const items = accounts.ok ? accounts.items : [];
  const list = items.map(({ id, name }) => `${id} (${name})`).join(", ");
  if (flags.account !== undefined) {
    if (items.length > 0 && !items.some(({ id }) => id === flags.account)) {
      throw new UserError(
        "init-account",
        `The token does not see the account ${flags.account}, but ${list}. Check --account and CLOUDFLARE_API_TOKEN.`,
      );
    }
    return flags.account;
  }
  const [only, ...others] = items;
  if (only !== undefined && others.length === 0 && existing === undefined) return only.id;
  if (questions !== undefined) {
    return items.length === 0
      ? questions.text({
          message: "Cloudflare account id, from the dashboard's address bar:",
          initial: existing?.accountId,
          check: asAnswer(checkAccount),
        })
      : questions.choice({
          message: "Cloudflare account:",
          choices: items.map(({ id, name }) => ({ value: id, name: `${name} (${id})` })),
          initial: existing?.accountId,
        });
  }
  missing.push(
    items.length === 0
      ? `--account ID (in the dashboard's address bar${accounts.ok ? "" : `; ${accounts.why}`})`
      : `--account ID (the token sees ${list})`,
  );
  return undefined;
}
