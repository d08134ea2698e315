import {
  type Fault,
  cloudflareId,
  customerId,
  hostname,
  routeEntry,
} from "../environments/definition/fields.ts";
import type { Backend, IntegrationConfigurationOwner, SecretsStrategy } from "../environments/environment.ts";
import { UserError } from "../errors/user-error.ts";
import { show } from "../text/show.ts";

/** What the command line says of an environment, as it is written there. */
export interface InitFlags {
  readonly account?: string;
  readonly hostname?: readonly string[];
  /** Ids or names: one for all hostnames, or one for each, in their order. */
  readonly zone?: readonly string[];
  readonly customerId?: string;
  readonly protect?: readonly string[];
  /** False: none. */
  readonly bypass?: readonly string[] | false;
  /** `publish`, `pull` or `file:<path>`. */
  readonly owner?: string;
  /** `variables` or `secrets-store:<store id>`. */
  readonly secrets?: string;
  /** `local`, `r2:<bucket>`, `s3:<bucket>:<region>` or `hcp:<organization>/<workspace>`. */
  readonly backend?: string;
  /** False: from none. */
  readonly promotedFrom?: string | false;
  readonly failure?: "open" | "closed";
}

/** The same with every value that has parts taken apart. */
export interface ReadFlags extends Omit<InitFlags, "owner" | "secrets" | "backend"> {
  readonly owner?: IntegrationConfigurationOwner | undefined;
  readonly secrets?: SecretsStrategy | undefined;
  readonly backend?: Backend | undefined;
}

/** What is wrong with a text, and what to write instead, for a person; undefined when nothing. */
export type TextCheck = (text: string) => string | undefined;

export const checkAccount = sentence(cloudflareId("account-id", "the dashboard's address bar"));
export const checkHostname = sentence(hostname);
export const checkCustomer = sentence(customerId);
export const checkPath = sentence(routeEntry);
const checkZoneId = sentence(cloudflareId("zone-id", "the zone's overview page"));

/** A zone, by its id or its name. */
export const checkZone: TextCheck = (text) => (text.includes(".") ? checkHostname(text) : checkZoneId(text));

/** The same as a whole sentence, for whoever has just typed it. */
export function asAnswer(check: TextCheck): TextCheck {
  return (text) => {
    const wrong = check(text);
    return wrong && `It ${wrong}.`;
  };
}

/** A list that was typed, in its parts. */
export function listed(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((part) => part !== "");
}

/** A check of each part of a list that was typed, as a whole sentence. */
export function eachListed(check: TextCheck, atLeast: number): TextCheck {
  return (text) => {
    const parts = listed(text);
    if (parts.length < atLeast) return "Write at least one.";
    for (const part of parts) {
      const wrong = check(part);
      if (wrong !== undefined) return `${show(part) ?? "One"} ${wrong}.`;
    }
    return undefined;
  };
}

/** @throws UserError with everything that is wrong in them. */
export function readFlags({ owner, secrets, backend, ...flags }: InitFlags): ReadFlags {
  const read = {
    owner: owner === undefined ? undefined : ownerOf(owner),
    secrets: secrets === undefined ? undefined : secretsOf(secrets),
    backend: backend === undefined ? undefined : backendOf(backend),
  };
  const zones = flags.zone ?? [];
  const hostnames = flags.hostname ?? [];
  const wrong = [
    ...faults("--account", flags.account, checkAccount),
    ...hostnames.flatMap((text) => faults("--hostname", text, checkHostname)),
    ...zones.flatMap((text) => faults("--zone", text, checkZone)),
    ...faults("--customer-id", flags.customerId, checkCustomer),
    ...(flags.protect ?? []).flatMap((text) => faults("--protect", text, checkPath)),
    ...(flags.bypass === false ? [] : (flags.bypass ?? [])).flatMap((text) =>
      faults("--bypass", text, checkPath),
    ),
    ...unread("--owner", owner, read.owner, "publish, pull or file:PATH"),
    ...unread("--secrets", secrets, read.secrets, "variables or secrets-store:STORE_ID"),
    ...unread(
      "--backend",
      backend,
      read.backend,
      "local, r2:BUCKET, s3:BUCKET:REGION or hcp:ORGANIZATION/WORKSPACE",
    ),
    ...(zones.length > 1 && zones.length !== hostnames.length
      ? [
          `--zone is given ${zones.length} times for ${hostnames.length} hostnames → give one for all, or one for each`,
        ]
      : []),
  ];
  if (wrong.length === 0) return { ...flags, ...read };
  throw new UserError("init-option", `Nothing was written:\n${wrong.map((each) => `- ${each}`).join("\n")}`);
}

function ownerOf(text: string): IntegrationConfigurationOwner | undefined {
  if (text === "publish" || text === "pull") return { owner: text };
  const path = /^file:(.+)$/.exec(text)?.[1];
  return path === undefined ? undefined : { owner: "file", path };
}

function secretsOf(text: string): SecretsStrategy | undefined {
  if (text === "variables") return { strategy: text };
  const storeId = /^secrets-store:(.+)$/.exec(text)?.[1];
  return storeId === undefined ? undefined : { strategy: "secrets-store", storeId };
}

function backendOf(text: string): Backend | undefined {
  if (text === "local") return { type: text };
  const [, bucket] = /^r2:([^:/]+)$/.exec(text) ?? [];
  if (bucket !== undefined) return { type: "r2", bucket };
  const [, s3Bucket, region] = /^s3:([^:/]+):([^:/]+)$/.exec(text) ?? [];
  if (s3Bucket !== undefined && region !== undefined) return { type: "s3", bucket: s3Bucket, region };
  const [, organization, workspace] = /^hcp:([^:/]+)\/([^:/]+)$/.exec(text) ?? [];
  return organization === undefined || workspace === undefined
    ? undefined
    : { type: "hcp", organization, workspace };
}

function unread(flag: string, text: string | undefined, value: unknown, forms: string): readonly string[] {
  return text === undefined || value !== undefined ? [] : [`${flag} ${show(text) ?? ""} → write ${forms}`];
}

function faults(flag: string, text: string | undefined, check: TextCheck): readonly string[] {
  const wrong = text === undefined ? undefined : check(text);
  if (text === undefined || wrong === undefined) return [];
  return [`${flag} ${isSecretLike(text) ? "(not shown)" : (show(text) ?? "")} ${wrong}`];
}

/** A customer id that is a key, or a name with a password in it. */
function isSecretLike(text: string): boolean {
  return text.includes("@") || customerId(text)?.hidden === true;
}

/** Makes a check of a field one for people: what it finds continues "the value …". */
export function sentence(check: (value: string) => Fault | undefined): TextCheck {
  return (text) => {
    const fault = check(text);
    return fault && `${fault.what} → ${fault.remedy}`;
  };
}
