import { z } from "zod";
import type { AccountContents, Zone } from "../cloudflare/account/model.ts";
import type { SECRETS } from "../../../worker/deployment/variables.ts";
import { contentsSchema } from "./contents-schema.ts";
import { type OutsideTexts, outsideNames, putBack, takeOutside } from "./outside-texts.ts";

/** Secrets made up for one run, so that a preview never needs or sees a real one. */
export type LocalSecrets = Readonly<Record<keyof typeof SECRETS, string>>;

/** What outlives a run, but for the KV values. Holds secrets. */
export interface LocalState {
  readonly accountId: string;
  /** The API token that may do everything. */
  readonly token: string;
  /** What the Workers and the local Queue-it share. */
  readonly secrets: LocalSecrets;
  readonly contents: AccountContents;
  /** Zones that no environment brings along. Default: none. */
  readonly zones?: readonly Zone[];
}

/** Tells these files from any others. The number changes when older ones cannot be read any more. */
const MARK = "queueit-cf local state 1";

const schema = z.object({
  mark: z.literal(MARK, { error: "is not the mark of this version" }),
  state: z.strictObject({
    accountId: z.string(),
    token: z.string(),
    secrets: z.strictObject({ secretKey: z.string(), apiKey: z.string(), directPassKey: z.string() }),
    contents: contentsSchema,
    zones: z.array(z.looseObject({ id: z.string(), name: z.string() })).optional(),
  }),
});

/** The text of a state, and the code that does not stand in it: to be written first. */
export function writeState(state: LocalState): { readonly text: string; readonly texts: OutsideTexts } {
  const { contents, texts } = takeOutside(state.contents);
  return { text: `${JSON.stringify({ mark: MARK, state: { ...state, contents } })}\n`, texts };
}

/** A state, or what is wrong with it and where: never a value, which may be a secret. */
export type Read<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: string };

/**
 * The state that a text holds.
 *
 * @param readText Gives code that lies outside of it, by its SHA-256; undefined when it is not there, or was
 *   changed.
 */
export async function readState(
  text: string,
  readText: (sha256: string) => Promise<string | undefined>,
): Promise<Read<LocalState>> {
  const parsed = parse(text);
  if (!parsed.ok) return parsed;
  const { zones, ...state } = parsed.value.state;
  const texts = new Map<string, string>();
  for (const sha256 of outsideNames(state.contents)) {
    const found = await readText(sha256);
    if (found === undefined) {
      return {
        ok: false,
        problem: `the code ${sha256}, which a Worker in it has, is missing or was changed`,
      };
    }
    texts.set(sha256, found);
  }
  const contents = putBack(state.contents, texts);
  return { ok: true, value: { ...state, contents, ...(zones && { zones }) } };
}

/** So many problems are named. */
const SHOWN = 3;

function parse(text: string): Read<z.output<typeof schema>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The error itself would repeat a piece of it.
    return { ok: false, problem: "it is not whole JSON" };
  }
  const { data, error } = schema.safeParse(json);
  if (error === undefined) return { ok: true, value: data };
  const problems = error.issues.map(({ path, message }) => `${path.join(".") || "the file"}: ${message}`);
  const more = problems.length - SHOWN;
  const named = problems.slice(0, SHOWN).join("; ");
  return { ok: false, problem: more > 0 ? `${named}; and ${more} more` : named };
}
