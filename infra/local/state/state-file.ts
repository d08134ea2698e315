import { z } from "zod";
import type { AccountContents } from "../cloudflare/model.ts";
import type { LocalSecrets } from "../server/local-secrets.ts";

/** What outlives a run, but for the KV values. Holds secrets. */
export interface LocalState {
  readonly accountId: string;
  /** The only API token the management API takes. */
  readonly token: string;
  /** What the Workers and the local Queue-it share. */
  readonly secrets: LocalSecrets;
  readonly contents: AccountContents;
}

/** Tells these files from any others. The number changes when older ones cannot be read any more. */
const MARK = "queueit-cf local state 1";

const schema = z.object({
  mark: z.literal(MARK),
  state: z.strictObject({
    accountId: z.string(),
    token: z.string(),
    secrets: z.strictObject({ secretKey: z.string(), apiKey: z.string(), directPassKey: z.string() }),
    // What is inside an element is the account's own business: it wrote it, in this version of the format.
    contents: z.looseObject({
      namespaces: z.array(z.looseObject({ id: z.string(), title: z.string() })),
      scripts: z.array(z.looseObject({ name: z.string(), content: z.string() })),
      routes: z.array(z.looseObject({ id: z.string(), zoneId: z.string(), pattern: z.string() })),
      schedules: z.array(z.looseObject({ script: z.string(), crons: z.array(z.string()) })),
      secrets: z.array(z.looseObject({ storeId: z.string(), name: z.string(), value: z.string() })),
    }),
  }),
});

export function writeState(state: LocalState): string {
  return `${JSON.stringify({ mark: MARK, state })}\n`;
}

/** The state a text holds; undefined when it is torn, or was never one. */
export function readState(text: string): LocalState | undefined {
  try {
    const { state } = schema.parse(JSON.parse(text));
    return state as unknown as LocalState;
  } catch {
    return undefined;
  }
}
