import type { LocalAccount } from "../account/account.ts";
import { type AccountSnapshot, SnapshotTooLarge } from "../account/snapshot.ts";
import { controlRefusals } from "./refusals.ts";

/** What is told of a snapshot: never what is in it, which may be secret. */
export interface SnapshotInfo {
  readonly name: string;
  /** ISO 8601. */
  readonly savedOn: string;
  readonly workers: number;
  readonly routes: number;
  readonly namespaces: number;
  /** Keys of all namespaces. */
  readonly keys: number;
  /** Of their keys, values and metadata together. */
  readonly bytes: number;
}

/** So many snapshots are kept. */
const MOST = 50;

/** Bytes that the values of all snapshots may have together, as they are in memory. */
const VALUES_KEPT = 256 * 1024 * 1024;

/** Characters that the code in all snapshots may have together; what they share counts once. */
const CODE_KEPT = 512 * 1024 * 1024;

/** 1 to 64 letters, digits, dots, dashes and underscores, the first of them a letter or digit. */
const NAME = /^[a-zA-Z0-9][\w.-]{0,63}$/;

/** Snapshots of an account by name, in memory: they go with the process. */
export class Snapshots {
  readonly #account: Pick<LocalAccount, "snapshot" | "restore">;
  readonly #kept = new Map<string, { readonly savedOn: string; readonly snapshot: AccountSnapshot }>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(account: Pick<LocalAccount, "snapshot" | "restore">) {
    this.#account = account;
  }

  /** In the order in which their names were first given. */
  get all(): readonly SnapshotInfo[] {
    return [...this.#kept].map(([name, { savedOn, snapshot }]) => infoOf(name, savedOn, snapshot));
  }

  /**
   * Keeps what the account holds now, in the place of an earlier snapshot of that name, which stays where this one
   * cannot be kept.
   *
   * @throws CloudflareError for a name that none can have, and where there is no room.
   */
  save(name: string): Promise<SnapshotInfo> {
    assertName(name);
    return this.#inTurn(async () => {
      const others = [...this.#kept].filter(([other]) => other !== name).map(([, { snapshot }]) => snapshot);
      if (others.length >= MOST) throw controlRefusals.tooManySnapshots(MOST);
      const used = others.reduce((sum, { bytes }) => sum + bytes, 0);
      const snapshot = await this.#account.snapshot(VALUES_KEPT - used).catch((error: unknown) => {
        throw error instanceof SnapshotTooLarge
          ? controlRefusals.snapshotsTooLarge("the values of KV", VALUES_KEPT)
          : error;
      });
      if (codeOf([...others, snapshot]) > CODE_KEPT)
        throw controlRefusals.snapshotsTooLarge("the code of Workers", CODE_KEPT);
      const savedOn = new Date().toISOString();
      this.#kept.set(name, { savedOn, snapshot });
      return infoOf(name, savedOn, snapshot);
    });
  }

  /** @throws CloudflareError for a name that none has, and what `LocalAccount.restore` throws. */
  async restore(name: string): Promise<SnapshotInfo> {
    const { savedOn, snapshot } = this.#get(name);
    await this.#account.restore(snapshot);
    return infoOf(name, savedOn, snapshot);
  }

  /** @throws CloudflareError for a name that none has. */
  delete(name: string): void {
    this.#get(name);
    this.#kept.delete(name);
  }

  #get(name: string) {
    assertName(name);
    const kept = this.#kept.get(name);
    if (kept === undefined) throw controlRefusals.snapshotUnknown(name, [...this.#kept.keys()]);
    return kept;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

function assertName(name: string): void {
  if (!NAME.test(name)) throw controlRefusals.snapshotNameNotValid(name);
}

function infoOf(name: string, savedOn: string, { contents, values, bytes }: AccountSnapshot): SnapshotInfo {
  const { scripts, routes, namespaces } = contents;
  const keys = [...values.values()].reduce((sum, { size }) => sum + size, 0);
  return {
    name,
    savedOn,
    workers: scripts.length,
    routes: routes.length,
    namespaces: namespaces.length,
    keys,
    bytes,
  };
}

function codeOf(snapshots: readonly AccountSnapshot[]): number {
  const scripts = snapshots.flatMap(({ contents: { scripts, uploads = [] } }) => [
    ...scripts,
    ...uploads.map(({ script }) => script),
  ]);
  const texts = scripts.flatMap(({ content, modules = [] }) => [
    content,
    ...modules.map(({ base64 }) => base64),
  ]);
  return [...new Set(texts)].reduce((sum, text) => sum + text.length, 0);
}
