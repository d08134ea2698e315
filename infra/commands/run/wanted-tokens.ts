import {
  findPermission,
  PERMISSION_GROUPS,
  type PermissionName,
} from "../../cloudflare/permission-groups.ts";
import { UserError } from "../../errors/user-error.ts";
import type { WantedToken } from "../../local/server/issued-tokens.ts";
import { nearest } from "../../text/nearest.ts";

/**
 * Tokens as `--token` names them: `NAME=permission,…`, or `NAME` alone for exactly what is needed.
 *
 * @param needed What the environments need.
 * @throws UserError `local-token` that says which part of which is wrong.
 */
export function wantedTokens(
  given: readonly string[],
  needed: readonly PermissionName[],
): readonly WantedToken[] {
  const tokens = given.map((text) => wantedToken(text, needed));
  const twice = tokens.find(({ name }, index) => tokens.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined) throw refusal(`names ${twice.name} twice. Give each token a name of its own`);
  return tokens;
}

function wantedToken(text: string, needed: readonly PermissionName[]): WantedToken {
  const [, name = "", listed] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  if (!/^[\w.-]{1,60}$/.test(name)) {
    throw refusal(
      `was given ${JSON.stringify(text.slice(0, 80))}, which does not begin with a name. Begin with one of letters, digits, ` +
        "dots, dashes and underscores",
    );
  }
  if (listed === undefined && needed.length === 0) {
    throw refusal(
      `was given ${name} alone, and there are no environments whose permissions it could have. Name them: ` +
        `--token "${name}=Workers Scripts Write,Workers Routes Write"`,
      "",
    );
  }
  if (listed === undefined) return { name, permissions: needed };
  const words = listed.split(",").map((word) => word.trim());
  return { name, permissions: words.map((word) => permissionOf(word, name)) };
}

function permissionOf(word: string, token: string): PermissionName {
  const found = findPermission(word);
  if (found !== undefined) return found.name;
  const names = PERMISSION_GROUPS.map(({ name }) => name);
  const near = nearest(word, names);
  throw refusal(
    `wants the permission ${JSON.stringify(word.slice(0, 80))} for the token ${token}, which is not one that is known here. ` +
      (near === undefined ? `Use names of Cloudflare's: ${names.join(", ")}` : `Did you mean ${near}`),
    near === undefined ? "." : "?",
  );
}

function refusal(problem: string, end = "."): UserError {
  return new UserError("local-token", `--token ${problem}${end}`);
}
