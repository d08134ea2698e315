import type { z } from "zod";
import type { BypassEntry, Environment, SiteRoutes } from "../environment.ts";
import type { EnvironmentFile } from "./environment-file.ts";
import { PROPERTIES, SITE } from "./schema.ts";

export interface DraftSite {
  /** Missing when it is faulty; `routes` then has a hostname that nobody else has. */
  readonly hostname: string | undefined;
  readonly zoneId: string | undefined;
  readonly zoneName: string | undefined;
  /** How many of the two were written, faulty or not. */
  readonly zonesWritten: number;
  /** Entries in their order; a faulty one is no route pattern. */
  readonly routes: SiteRoutes;
}

/**
 * What is sound in an environment that may have faults elsewhere, so that rules over several properties still
 * find what they can. A property is missing when it was not written or is faulty.
 */
export interface Draft extends Partial<Omit<Environment, "sites">> {
  readonly name: string;
  /** Sites in their order; what is no site is undefined, so that the others keep their index. */
  readonly sites: readonly (DraftSite | undefined)[];
  /** Properties that were written and are faulty: their default does not apply. */
  readonly faulty: ReadonlySet<string>;
  /** The environment as it was written. */
  readonly written: unknown;
}

export function draftOf({ name, environment }: EnvironmentFile): Draft {
  const fields = isRecord(environment) ? environment : {};
  const faulty = new Set<string>();
  const read = <Value>(property: keyof typeof PROPERTIES, schema: z.ZodType<Value>): Value | undefined => {
    if (fields[property] === undefined) return undefined;
    const parsed = schema.safeParse(fields[property]);
    if (!parsed.success) faulty.add(property);
    return parsed.data;
  };
  const sites: readonly unknown[] = Array.isArray(fields["sites"]) ? fields["sites"] : [];
  const sound = {
    accountId: read("accountId", PROPERTIES.accountId),
    workerName: read("workerName", PROPERTIES.workerName),
    queueIt: read("queueIt", PROPERTIES.queueIt),
    integrationConfiguration: read("integrationConfiguration", PROPERTIES.integrationConfiguration),
    secrets: read("secrets", PROPERTIES.secrets),
    failure: read("failure", PROPERTIES.failure),
    observability: read("observability", PROPERTIES.observability),
    backend: read("backend", PROPERTIES.backend),
    promotedFrom: read("promotedFrom", PROPERTIES.promotedFrom),
    freeze: read("freeze", PROPERTIES.freeze),
    worker: read("worker", PROPERTIES.worker),
    namespaceTitle: read("namespaceTitle", PROPERTIES.namespaceTitle),
    adopted: read("adopted", PROPERTIES.adopted),
    coverage: read("coverage", PROPERTIES.coverage),
  };
  return {
    name,
    ...withoutUndefined(sound),
    sites: sites.map((written, index) => siteOf(written, `site-${index}.${name}.invalid`)),
    faulty,
    written: environment,
  };
}

function siteOf(written: unknown, placeholder: string): DraftSite | undefined {
  if (!isRecord(written)) return undefined;
  const { shape } = SITE;
  const hostname = shape.hostname.safeParse(written["hostname"]).data;
  const protect = entriesOf(written["protect"]);
  const bypass = bypassesOf(written["bypass"]);
  if (protect === "faulty" || bypass === "faulty") return undefined;
  return {
    hostname,
    zoneId: shape.zoneId.safeParse(written["zoneId"]).data,
    zoneName: shape.zoneName.safeParse(written["zoneName"]).data,
    zonesWritten: [written["zoneId"], written["zoneName"]].filter((zone) => zone !== undefined).length,
    routes: { hostname: hostname ?? placeholder, ...(protect && { protect }), ...(bypass && { bypass }) },
  };
}

/** Every entry keeps its index: what is no text becomes the empty text, which is no route pattern. */
function entriesOf(written: unknown): readonly string[] | "faulty" | undefined {
  return readEntries(written, (entry) => (typeof entry === "string" ? entry : ""));
}

/** As `entriesOf`. One whose Worker is faulty is still a bypass. */
function bypassesOf(written: unknown): readonly BypassEntry[] | "faulty" | undefined {
  return readEntries(written, (entry) => {
    if (!isRecord(entry)) return typeof entry === "string" ? entry : "";
    const { pattern, worker } = entry;
    if (typeof pattern !== "string") return "";
    return typeof worker === "string" ? { pattern, worker } : pattern;
  });
}

function readEntries<Entry>(
  written: unknown,
  read: (entry: unknown) => Entry,
): readonly Entry[] | "faulty" | undefined {
  if (written === undefined) return undefined;
  return Array.isArray(written) ? written.map(read) : "faulty";
}

/** Whether a value is an object with properties, and no list. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function withoutUndefined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
