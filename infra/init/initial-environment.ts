import { isDeepStrictEqual } from "node:util";
import type { SourceNotes } from "../environments/definition/environment-source.ts";
import { asciiHostname } from "../cloudflare/hostname.ts";
import { settled, settledSite } from "../environments/definition/settled.ts";
import type { Environment, Site } from "../environments/environment.ts";
import type { Answers } from "./answers.ts";
import { siteOfHost } from "./sources.ts";

/** What the file of a new environment says beside its values. */
export const INITIAL_NOTES: SourceNotes = {
  heading: ["Written by queueit-cf init. Your editor explains what else can be set."],
};

/** The environment that answers describe. */
export function initialEnvironment(answers: Answers): Environment {
  const { name, accountId, sites, customerId, promotedFrom } = answers;
  return {
    accountId,
    workerName: `queueit-connector-${name}`,
    sites,
    queueIt: { customerId },
    integrationConfiguration: answers.owner,
    secrets: answers.secrets,
    failure: answers.failure,
    backend: answers.backend,
    ...(promotedFrom !== undefined && { promotedFrom }),
  };
}

/** An environment that is there, with everything that the answers say otherwise, and all else as it is. */
export function changedEnvironment(existing: Environment, answers: Answers): Environment {
  const { accountId, customerId, promotedFrom } = answers;
  const [site, ...others] = answers.sites;
  const before = settled({ name: answers.name, environment: existing });
  const siteOf = (wanted: Site) => changedSite(existing, wanted);
  const changed = {
    ...existing,
    accountId,
    sites: [siteOf(site), ...others.map(siteOf)] as const,
    queueIt: { ...existing.queueIt, customerId },
    ...changedPart("integrationConfiguration", answers.owner, existing, before),
    ...changedPart("secrets", answers.secrets, existing, before),
    ...changedPart("backend", answers.backend, existing, before),
    ...(answers.failure !== before.failure && { failure: answers.failure }),
  };
  if (promotedFrom !== undefined) return { ...changed, promotedFrom };
  const kept = Object.entries(changed).filter(([property]) => property !== "promotedFrom");
  return Object.fromEntries(kept) as unknown as Environment;
}

/** Nothing where what is there says the same, or more of the same. */
function changedPart<Key extends "integrationConfiguration" | "secrets" | "backend">(
  key: Key,
  answer: Required<Environment>[Key],
  existing: Environment,
  before: Pick<Required<Environment>, Key>,
): Partial<Pick<Environment, Key>> {
  const known: object = existing[key] ?? before[key];
  const isSaid = Object.entries(answer).every(([name, value]) =>
    isDeepStrictEqual(value, (known as Readonly<Record<string, unknown>>)[name]),
  );
  return isSaid ? {} : ({ [key]: answer } as Partial<Pick<Environment, Key>>);
}

function changedSite(existing: Environment, wanted: Site): Site {
  const known = siteOfHost(existing, wanted.hostname);
  if (known === undefined) return wanted;
  const [before, after] = [settledSite(known), settledSite(wanted)];
  const isSame =
    known.zoneId === wanted.zoneId &&
    asciiHostname(known.zoneName ?? "") === asciiHostname(wanted.zoneName ?? "") &&
    isDeepStrictEqual(before.protect, after.protect) &&
    isDeepStrictEqual(before.bypass, after.bypass);
  return isSame ? known : wanted;
}
