import { inFormat } from "../json/format.ts";
import type { FileVersion } from "./history.ts";
import { CONFIG_HISTORY } from "./history-format.ts";

/** A version of a file, and whether it is what is live. */
export type ListedVersion = FileVersion & { readonly live: boolean };

interface History {
  readonly environment: string;
  readonly path: string;
  readonly liveKnown: boolean;
  readonly versions: readonly ListedVersion[];
}

/** What git knows of a file, for programs. */
export function historyObject({ versions, ...about }: History): object {
  return inFormat(CONFIG_HISTORY, { ...about, versions: versions.map(forPrograms) });
}

function forPrograms({ commit, date, author, subject, version, actions, live }: ListedVersion) {
  return { commit, date, author, subject, version, actions, live };
}
