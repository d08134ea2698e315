import { homedir, tmpdir } from "node:os";
import { z } from "zod";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";

/**
 * One call of the provider, and its answer. Of the headers the type of the content alone: the others hold the
 * token.
 */
export interface Exchange {
  readonly request: {
    readonly method: string;
    /** Relative to the base URL. */
    readonly path: string;
    readonly contentType?: string;
    readonly body?: string;
  };
  readonly response: { readonly status: number; readonly body: string };
}

/** The text of `NAME.json`: what `terraform show -json` says, one line for each value. */
export function planText(shown: string): string {
  return `${JSON.stringify(JSON.parse(shown), undefined, 1)}\n`;
}

/** The text of `NAME.jsonl`. */
export function trafficText(exchanges: readonly Exchange[]): string {
  return exchanges.map((exchange) => `${JSON.stringify(exchange)}\n`).join("");
}

const schemas = z.record(z.string(), z.unknown());
const providersSchema = z.object({
  provider_schemas: z.record(
    z.string(),
    z.object({ provider: z.unknown(), resource_schemas: schemas, data_source_schemas: schemas.default({}) }),
  ),
});

/**
 * The text of `provider-schema.json`: what `terraform providers schema -json` says of one provider, cut to
 * what a connector needs.
 *
 * @throws Error where the provider has none of a type.
 */
export function schemaText(
  shown: string,
  provider: string,
  version: string,
  types: { readonly resources: readonly string[]; readonly dataSources: readonly string[] },
): string {
  const found = providersSchema.parse(JSON.parse(shown)).provider_schemas[provider];
  if (found === undefined) throw new Error(`terraform providers schema tells nothing of ${provider}.`);
  const cut = (all: Readonly<Record<string, unknown>>, names: readonly string[]) =>
    Object.fromEntries(
      names.map((name) => {
        if (!(name in all)) throw new Error(`${provider} ${version} has no ${name}.`);
        return [name, all[name]];
      }),
    );
  const text = {
    provider,
    version,
    provider_schema: found.provider,
    resource_schemas: cut(found.resource_schemas, types.resources),
    data_source_schemas: cut(found.data_source_schemas, types.dataSources),
  };
  return `${JSON.stringify(text, undefined, 1)}\n`;
}

/**
 * A recording goes into a public repository, so it may hold neither a secret of this run nor a path of this
 * machine.
 *
 * @throws Error that names the file and the kind of what is in it, not the value.
 */
export function requireClean(name: string, text: string, secrets: readonly string[]): string {
  if (secrets.some((secret) => text.includes(secret)))
    throw new Error(`${name} would hold a secret of this run. Nothing was written.`);
  const places = [PACKAGE_ROOT, tmpdir(), homedir()].filter((place) => place !== "/");
  if (places.some((place) => text.includes(place)))
    throw new Error(`${name} would hold a path of this machine. Nothing was written.`);
  return text;
}
