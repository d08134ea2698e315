import { randomBytes } from "node:crypto";
import { z } from "zod";
import { CONFIGURATION_BINDING } from "../../worker/deployment/variables.ts";
import { inFormat } from "../json/format.ts";
import { jsonOf } from "../json/json-of.ts";
import type { FailureMode, SwitchedRoute } from "../specification/switches.ts";
import { namespaceIdOf } from "./existing-objects.ts";
import { kvValue } from "./kv-value.ts";
import { type CloudflareAccess, readApi } from "./read-api.ts";
import { SWITCH_NOTE } from "./switch-note-format.ts";
import type { ToldBinding } from "./worker-bindings.ts";
import { writeApi, WriteRefused } from "./write-api.ts";

const PERMISSION = "read the account's KV namespaces and their keys (Account · Workers KV Storage · Read)";

/** What every key of a note begins with. The Worker reads `info` and `info-index` of the same namespace, and no other key. */
const PREFIX = "queueit-cf:switch:";

/** What a note says: one for each thing that was done, so that none can write over another. */
export type SwitchNote = {
  readonly since: string;
  readonly by: string;
  readonly reason: string;
} & (
  | {
      readonly kind: "off";
      readonly host: string;
      /** As they were before. */
      readonly routes: readonly SwitchedRoute[];
    }
  | { readonly kind: "failure"; readonly mode: FailureMode; readonly was: FailureMode }
);

export type KeptNote = SwitchNote & { readonly key: string };

const keys = z.object({ result: z.array(z.object({ name: z.string() })) });

export interface NotesPlace {
  readonly accountId: string;
  readonly namespaceId: string;
}

/**
 * The KV namespace that a Worker's notes are in: the one with its integration configuration. By the Worker's own
 * binding; where there is no Worker, by the title.
 *
 * @param bindings Of the Worker; undefined where there is none.
 * @param names What is known: of the binding (default: this project's), and the namespace's title (default: none).
 * @returns Undefined where there is none, or nobody can tell which one.
 * @throws UserError when Cloudflare does not tell.
 */
export async function notesNamespace(
  accountId: string,
  bindings: readonly ToldBinding[] | undefined,
  names: { readonly binding?: string | undefined; readonly title?: string | undefined },
  access: CloudflareAccess,
): Promise<string | undefined> {
  const bound = (bindings ?? []).filter(({ type }) => type === "kv_namespace");
  const named = bound.find(({ name }) => name === (names.binding ?? CONFIGURATION_BINDING));
  const [only, another] = bound;
  const found = named ?? (another === undefined ? only : undefined);
  if (found?.namespace_id !== undefined) return found.namespace_id;
  if (names.title === undefined) return undefined;
  return namespaceIdOf(names.title, namespacesPath(accountId), access);
}

/**
 * Every note in a namespace, the oldest first.
 *
 * @throws UserError when Cloudflare does not tell.
 */
export async function readNotes(place: NotesPlace, access: CloudflareAccess): Promise<readonly KeptNote[]> {
  const path = `${namespacePath(place)}/keys?prefix=${encodeURIComponent(PREFIX)}`;
  const { result } = await readApi(path, access, PERMISSION, keys);
  const read = await Promise.all(
    result
      .filter(({ name }) => name.startsWith(PREFIX))
      .map(async ({ name }) => {
        const value = await kvValue(place, name, access);
        return value === undefined ? [] : noteOf(name, value);
      }),
  );
  return read
    .flat()
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.key < b.key ? -1 : 1));
}

/** A note that was damaged still says by its key what is switched. */
function noteOf(key: string, value: string): readonly KeptNote[] {
  const read = SWITCH_NOTE.schema.safeParse(jsonOf(value));
  if (read.success) return [{ ...read.data, key }];
  const damaged = { key, since: "an unknown time", by: "somebody", reason: "(the note cannot be read)" };
  const host = /^off:(.+):[^:]+$/.exec(key.slice(PREFIX.length))?.[1];
  return host === undefined ? [] : [{ ...damaged, kind: "off", host, routes: [] }];
}

/**
 * Leaves a note.
 *
 * @returns Its key.
 * @throws WriteRefused when Cloudflare does not confirm it.
 */
export async function writeNote(
  place: NotesPlace,
  written: SwitchNote,
  access: CloudflareAccess,
): Promise<string> {
  const what = written.kind === "off" ? `off:${written.host}` : "failure";
  const key = `${PREFIX}${what}:${written.since.replaceAll(/[^0-9TZ]/g, "")}-${randomBytes(4).toString("hex")}`;
  const body = JSON.stringify(inFormat(SWITCH_NOTE, written));
  await writeApi(valuePath(place, key), access, { method: "PUT", body, contentType: "text/plain" });
  return key;
}

/** One that is gone already is no fault. @throws WriteRefused when Cloudflare does not confirm it. */
export async function deleteNote(place: NotesPlace, key: string, access: CloudflareAccess): Promise<void> {
  await writeApi(valuePath(place, key), access, { method: "DELETE" }).catch((error: unknown) => {
    if (!(error instanceof WriteRefused) || error.status !== 404) throw error;
  });
}

function namespacesPath(accountId: string): string {
  return `/accounts/${encodeURIComponent(accountId)}/storage/kv/namespaces`;
}

function namespacePath({ accountId, namespaceId }: NotesPlace): string {
  return `${namespacesPath(accountId)}/${encodeURIComponent(namespaceId)}`;
}

function valuePath(place: NotesPlace, key: string): string {
  return `${namespacePath(place)}/values/${encodeURIComponent(key)}`;
}
