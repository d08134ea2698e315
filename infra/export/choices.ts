import { z } from "zod";
import { VARIABLES } from "../../worker/deployment/variables.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { settingVariable } from "./setting-variable.ts";

const fields = z.record(z.string(), z.unknown());
const setting = z.object({ type: z.literal("plain_text"), name: z.string(), text: z.string() });

const ID = /^[0-9a-f]{32}$/;

/** Puts a Terraform variable in the place of every value that an environment chooses, and collects them. */
export class Choices {
  /** Name of the local value that is the bundle's hash. */
  readonly hash = "bundle_sha256";
  readonly variables: Record<string, unknown> = {};
  readonly #spec: ConnectorSpec;
  /** Name of the variable, by the zone's id. */
  readonly #zones: ReadonlyMap<string, string>;
  /** Names that a setting's variable must not have. */
  readonly #taken: Set<string>;

  constructor(spec: ConnectorSpec) {
    this.#spec = spec;
    const ids = new Set(spec.routes.flatMap(({ zone }) => ("id" in zone ? [zone.id] : [])));
    this.#zones = new Map(
      [...ids].map((id, index) => [id, ids.size === 1 ? "zone_id" : `zone_id_${index + 1}`]),
    );
    const secrets = spec.secretVariables.map(({ name }) => name);
    this.#taken = new Set(["account_id", ...this.#zones.values(), ...secrets]);
  }

  /** The same part of a stack with references to these variables. */
  in(value: unknown): unknown {
    if (typeof value === "string") return this.#text(value);
    if (Array.isArray(value)) return value.map((item) => this.in(item));
    if (value === null || typeof value !== "object") return value;
    const { success, data } = setting.safeParse(value);
    const inner = success ? { ...value, text: this.#setting(data) } : value;
    return Object.fromEntries(
      Object.entries(fields.parse(inner)).map(([name, each]) => [
        name,
        success && name === "text" ? each : this.in(each),
      ]),
    );
  }

  #text(text: string): string {
    const { accountId, worker, routes } = this.#spec;
    if (text === accountId) return this.#id("account_id", text, "Id of the Cloudflare account.");
    const zone = this.#zones.get(text);
    if (zone !== undefined) {
      const route = routes.find((each) => "id" in each.zone && each.zone.id === text);
      return this.#id(zone, text, `Id of the zone of ${route?.pattern.replace(/\/.*$/s, "")}.`);
    }
    const { sha256 } = worker.file;
    return text.replaceAll(`"${sha256}"`, `local.${this.hash}`).replaceAll(sha256, `\${local.${this.hash}}`);
  }

  /** The owner of the configuration stays as it is: what else there is of it hangs together with it. */
  #setting({ name, text }: z.output<typeof setting>): string {
    if (name === VARIABLES.configurationOwner || text === this.#spec.worker.file.sha256)
      return this.#text(text);
    const value = text.replaceAll(/([$%])\1\{/g, "$1{");
    const variable = settingVariable(name, value);
    if (this.#taken.has(variable.name)) return text;
    this.#taken.add(variable.name);
    return this.#variable(variable.name, variable.block);
  }

  #id(name: string, value: string, description: string): string {
    const validation = [
      {
        condition: `\${can(regex("${ID.source}", var.${name}))}`,
        error_message: `${name} is an id of 32 hexadecimal digits in lower case.`,
      },
    ];
    return this.#variable(name, { description, default: value, validation });
  }

  #variable(name: string, block: Readonly<Record<string, unknown>>): string {
    this.variables[name] = { type: "string", nullable: false, ...block };
    return `\${var.${name}}`;
  }
}
