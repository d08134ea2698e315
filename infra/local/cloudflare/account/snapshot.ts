import { Holdings } from "./holdings.ts";
import { inBatches } from "./in-batches.ts";
import type { AccountContents, KvValue, Zone } from "./model.ts";
import { type NamespaceValues, pagesOf } from "./namespace-values.ts";
import { newId } from "./new-id.ts";

/** Everything an account held at one moment, but its zones. Holds secrets. */
export interface AccountSnapshot {
  readonly contents: AccountContents;
  /** Values by namespace id and key. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, KvValue>>;
  /** Of keys, values and metadata together. */
  readonly bytes: number;
}

/** The values have more bytes than there is room for. */
export class SnapshotTooLarge extends Error {
  override readonly name = "SnapshotTooLarge";
}

/** What every key takes beside its bytes. */
const BYTES_OF_ENTRY = 100;

/**
 * Reads the values of all namespaces.
 *
 * @throws SnapshotTooLarge as soon as they have more bytes than `most`.
 */
export async function readSnapshot(
  contents: AccountContents,
  source: Pick<NamespaceValues, "find" | "list">,
  most: number,
): Promise<AccountSnapshot> {
  let bytes = 0;
  const count = (more: number) => {
    bytes += more;
    if (bytes > most) throw new SnapshotTooLarge(`The values of KV have more than ${most} bytes.`);
  };
  const values = new Map<string, ReadonlyMap<string, KvValue>>();
  for (const { id } of contents.namespaces) {
    const found = new Map<string, KvValue>();
    for await (const keys of pagesOf(source, id)) {
      await inBatches(keys, async ({ name }) => {
        const value = await source.find(id, name);
        // A Worker may have deleted it since it was listed.
        if (value === undefined) return;
        count(sizeOf(name, value));
        found.set(name, value);
      });
    }
    values.set(id, found);
  }
  return { contents, values, bytes };
}

function sizeOf(key: string, { bytes, metadata }: KvValue): number {
  const words = metadata === undefined ? 0 : Buffer.byteLength(JSON.stringify(metadata));
  return BYTES_OF_ENTRY + Buffer.byteLength(key) + bytes.byteLength + words;
}

interface PuttingBack {
  readonly held: Holdings;
  /** Makes other holdings the ones that are held, and starts the Workers anew. */
  readonly take: (next: Holdings) => Promise<void>;
  readonly values: Pick<NamespaceValues, "fill">;
  readonly zone: (id: string) => Zone | undefined;
  /** Gets the storages that nothing reads any more. */
  readonly abandon: (storages: readonly string[]) => void;
}

/**
 * Makes a snapshot what the account holds. Its namespaces get storages of their own, which are filled before any
 * Worker reads them; those of before are abandoned then, or these where a step fails.
 */
export async function putBack(
  { contents, values }: AccountSnapshot,
  { held, take, values: store, zone, abandon }: PuttingBack,
): Promise<void> {
  const namespaces = contents.namespaces.map((namespace) => ({ ...namespace, storage: newId() }));
  const now = Math.floor(Date.now() / 1000);
  const filled = namespaces.flatMap(({ id, storage }) => {
    const alive = stillAlive(values.get(id), now);
    return alive.size === 0 ? [] : [{ storage, alive }];
  });
  const before = held.namespaces.storages;
  try {
    if (filled.length > 0) {
      // The runtime writes only into storages that it has been told of.
      const prepared = held.copy();
      for (const { storage } of filled) prepared.leaving.add(storage);
      await take(prepared);
      for (const { storage, alive } of filled) await store.fill(storage, alive);
    }
    await take(new Holdings(zone, { ...contents, namespaces, leaving: [...held.leaving, ...before] }));
  } catch (error) {
    abandon(filled.map(({ storage }) => storage));
    throw error;
  }
  abandon(before);
}

/** Seconds that the runtime wants between now and the end of a key, and one in which it is written. */
const SHORTEST_LIFE = 61;

/** Values that have not ended meanwhile. One that ends within a minute gets that minute. */
function stillAlive(
  values: ReadonlyMap<string, KvValue> = new Map(),
  now: number,
): ReadonlyMap<string, KvValue> {
  const alive = [...values].flatMap(([key, value]) => {
    const { expiration } = value;
    if (expiration === undefined) return [[key, value] as const];
    if (expiration <= now) return [];
    return [[key, { ...value, expiration: Math.max(expiration, now + SHORTEST_LIFE) }] as const];
  });
  return new Map(alive);
}
