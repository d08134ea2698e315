import { bytesToHex } from "@noble/hashes/utils.js";
import { actionSpans, ActionsInText, type ActionSpans } from "../configuration/action-list.ts";
import { checkConfiguration } from "../configuration/check.ts";
import type { ActionTables } from "../matching/action-tables.ts";
import { CompiledConfiguration } from "./compiled.ts";
import { INDEX_KEY } from "../deployment/variables.ts";
import { equalInConstantTime, type Signer } from "../encoding/hmac.ts";
import { inTime } from "../runtime/or-after.ts";
import type { KeyValueNamespace } from "../runtime/platform.ts";

/** Characters of the shortest text that has an index: reading one more value takes longer than a shorter one. */
export const SHORTEST_INDEXED_TEXT = 500_000;
/** Milliseconds to wait for an index: the text alone will do. */
const PATIENCE_MS = 300;
/** Milliseconds that whoever keeps an index waits until it is written. */
const WRITE_TIMEOUT_MS = 5000;

/** Comes before everything that is sealed. Count up when the same actions get other tables. */
const FORMAT = "queueit-index-1";

/** What is kept of a configuration that was checked. */
interface Index {
  readonly version: number;
  readonly readsBody: boolean;
  readonly spans: ActionSpans;
  readonly tables: ActionTables;
}

/** Where the index of a large configuration is kept for cold isolates. Neither method throws. */
export interface KeptIndex {
  /** The configuration of a text, of which an index is kept: not parsed, and not checked again. */
  compiled(text: string): Promise<CompiledConfiguration | undefined>;
  /** Keeps the index of a configuration, unless it is there, or something in the configuration is broken. */
  keep(compiled: CompiledConfiguration): Promise<void>;
}

/**
 * Keeps the index in KV, beside the configuration. It holds for one text and one bundle only: a seal by the
 * secret key joins the bundle with the SHA-256 of the text and of the index. A text that anybody else wrote
 * has no index, an index that anybody else wrote does not count, and what an earlier bundle took for sound is
 * checked again.
 *
 * @param bundle SHA-256 of the bundle, as the deployment says it.
 */
export function keptIndex(namespace: KeyValueNamespace, sign: Signer, bundle = ""): KeptIndex {
  const sealOf = async (text: string, index: string): Promise<string> =>
    sign([FORMAT, bundle, await sha256Of(text), await sha256Of(index)].join("\n"));

  /** The text whose index this isolate has found, or has tried to keep. */
  let settled = "";

  const read = async (text: string): Promise<Index | undefined> => {
    const kept = await namespace.get(INDEX_KEY, "text");
    if (kept === null) return undefined;
    const seal = kept.slice(0, SEAL_LENGTH);
    const index = kept.slice(SEAL_LENGTH);
    return equalInConstantTime(await sealOf(text, index), seal) ? (JSON.parse(index) as Index) : undefined;
  };
  const readInTime = async (text: string): Promise<Index | undefined> => {
    if (text.length < SHORTEST_INDEXED_TEXT) return undefined;
    try {
      const index = await inTime(PATIENCE_MS, read(text), "configuration-unreadable");
      if (index !== undefined) settled = text;
      return index;
    } catch {
      return undefined;
    }
  };

  return {
    async compiled(text) {
      const index = await readInTime(text);
      return index && compiledFrom(text, index);
    },

    async keep(compiled) {
      const { text, version, readsBody, configuration } = compiled;
      if (text.length < SHORTEST_INDEXED_TEXT || text === settled) return;
      if ((await readInTime(text)) !== undefined || !checkConfiguration(configuration).ok) return;
      settled = text;
      try {
        const spans = actionSpans(text, configuration.Integrations ?? []);
        if (spans === undefined) return;
        const index = JSON.stringify({ version, readsBody, spans, tables: compiled.tables });
        const put = namespace.put(INDEX_KEY, (await sealOf(text, index)) + index);
        await inTime(WRITE_TIMEOUT_MS, put, "configuration-unreadable");
      } catch {
        // Cold isolates then read the text, as they do where nothing was published yet.
      }
    },
  };
}

/** Characters of an HMAC-SHA256 in hexadecimal. */
const SEAL_LENGTH = 64;
const encoder = new TextEncoder();

async function sha256Of(text: string): Promise<string> {
  return bytesToHex(new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text))));
}

function compiledFrom(text: string, { version, readsBody, spans, tables }: Index): CompiledConfiguration {
  const actions = new ActionsInText(text, spans);
  const configuration = {
    Version: version,
    // Hardly anybody asks for all of them.
    get Integrations() {
      return [...actions];
    },
  };
  return new CompiledConfiguration(configuration, text, { readsBody, actions, tables });
}
