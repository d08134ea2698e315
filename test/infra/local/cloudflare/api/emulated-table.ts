import { type Gap } from "../../../../../infra/local/cloudflare/api/gaps.ts";
import type { EmulatedRoute } from "../../../../../infra/local/cloudflare/api/management-api.ts";

/** The tables of docs/local-cloudflare.md: what is answered, by path, and what is not, with the reason. */
export function emulatedTables(routes: readonly EmulatedRoute[], gaps: readonly Gap[]): string {
  const methods = new Map<string, string[]>();
  for (const { method, path } of routes) methods.set(path, [...(methods.get(path) ?? []), method]);
  return [
    "| path | methods |",
    "| --- | --- |",
    ...[...methods].map(([path, known]) => `| \`${path}\` | ${known.join(", ")} |`),
    "",
    "Calls of wrangler and of the SDK, in the same fields, that it does not answer:",
    "",
    "| path | why not |",
    "| --- | --- |",
    ...gaps.flatMap(({ paths, reason }) => paths.map((path) => `| \`${path}\` | ${reason} |`)),
  ].join("\n");
}
