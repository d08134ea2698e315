import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** A call that a client can make. */
export interface ClientCall {
  /** Undefined where the client's source does not say it beside the path. */
  readonly method: string | undefined;
  /** Every parameter is `:x`. */
  readonly path: string;
}

const require = createRequire(import.meta.url);

/** What of the official SDK is about fields that the local Cloudflare emulates. */
const RESOURCES = [
  "kv",
  "workers",
  "secrets-store",
  "memberships.js",
  "accounts/accounts.js",
  "accounts/tokens",
  "user/user.js",
  "user/tokens",
  "zones/zones.js",
];

/** Every call of the official SDK in the fields that are emulated, read off its source. */
export function sdkCalls(): readonly ClientCall[] {
  const root = path.join(path.dirname(require.resolve("cloudflare")), "resources");
  return RESOURCES.flatMap((resource) => sources(path.join(root, resource))).flatMap((file) =>
    [
      ...readFileSync(file, "utf8").matchAll(
        /_client\.(getAPIList|get|post|put|patch|delete)\((?:\(0, path_1\.path\) ?`([^`]+)`|['"]([^'"]+)['"])([^;]*)/g,
      ),
    ].map(([, call = "", template, literal, rest = ""]) => ({
      method: /method: '(\w+)'/.exec(rest)?.[1]?.toUpperCase() ?? METHODS[call] ?? call.toUpperCase(),
      path: parameters(template ?? literal ?? ""),
    })),
  );
}

/** Every path that wrangler's own code asks in those fields. */
export function wranglerPaths(): readonly ClientCall[] {
  const cli = path.join(path.dirname(require.resolve("wrangler/package.json")), "wrangler-dist/cli.js");
  // Wrangler has an older SDK within, whose templates name their parameters in snake case.
  const own = readFileSync(cli, "utf8").matchAll(
    /`\/accounts\/\$\{accountId\}\/((?:workers|storage\/kv|secrets_store)[^`]*)`|`\/(zones\/\$\{[^`]*)`/g,
  );
  return [...own]
    .map(([, inAccount, inZone]) => parameters(inAccount ? `/accounts/:x/${inAccount}` : `/${inZone ?? ""}`))
    .filter((found) => /^\/zones\/:x(\/workers\/.*)?$/.test(found) || found.startsWith("/accounts"))
    .map((found) => ({ method: undefined, path: found }));
}

const METHODS: Readonly<Record<string, string>> = { getAPIList: "GET" };

function parameters(template: string): string {
  return template
    .replaceAll(/\$\{[^}]*\?[^}]*\}/g, "")
    .replaceAll(/\$\{[^}]+\}/g, ":x")
    .replace(/\?.*$/s, "");
}

function sources(file: string): readonly string[] {
  if (file.endsWith(".js")) return [file];
  return readdirSync(file, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => path.join(file, name));
}
