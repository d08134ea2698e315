import { z } from "zod";

/** One line of what `terraform plan -json` and `terraform apply -json` print. */
export interface Message {
  readonly type: string;
  /** In Terraform's words. */
  readonly text: string;
  readonly diagnostic: Diagnostic | undefined;
  /** Address of the object it is about. */
  readonly address: string | undefined;
}

export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address: string | undefined;
}

// The machine-readable UI: https://developer.hashicorp.com/terraform/internals/machine-readable-ui
const lineSchema = z.object({
  "@message": z.string(),
  type: z.string().default("log"),
  diagnostic: z
    .object({
      severity: z.enum(["error", "warning"]),
      summary: z.string(),
      detail: z.string().default(""),
      address: z.string().optional(),
    })
    .optional(),
  hook: z
    .object({ resource: z.object({ addr: z.string() }) })
    .optional()
    .catch(undefined),
});

/** Reads one line; undefined when it is none of the kind, such as what a provider prints by itself. */
export function readMessage(line: string): Message | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { "@message": text, type, diagnostic, hook } = parsed.data;
  return {
    type,
    text,
    diagnostic: diagnostic && { ...diagnostic, address: diagnostic.address },
    address: hook?.resource.addr,
  };
}

/** How far an apply came, by the addresses of the objects. */
export interface Progress {
  readonly done: readonly string[];
  /** Begun and not done. What failed because it was stopped may be in the account all the same. */
  readonly unfinished: readonly string[];
}

/** What an apply said it did. */
export function progressOf(stdout: string): Progress {
  const messages = stdout.split("\n").flatMap((line) => readMessage(line) ?? []);
  const of = (type: string) =>
    messages.flatMap((message) => (message.type === type ? (message.address ?? []) : []));
  const done = of("apply_complete");
  return { done, unfinished: of("apply_start").filter((address) => !done.includes(address)) };
}

/**
 * What a run wrote to its standard error as one paragraph, from its first error on; empty where it holds
 * none.
 */
export function errorWords(stderr: string): string {
  const words = stderr.replaceAll(/[\s│╷╵]+/g, " ").trim();
  // What is before it is about other things, such as a file of settings that is not there.
  const start = words.search(/Error:|panic:|fatal error:/);
  if (start >= 0) return words.slice(start);
  return words.includes("Warning:") ? "" : words;
}

/**
 * The last message of a run, as a sentence; empty where there is none, as in what `terraform show` prints.
 */
export function lastMessage(stdout: string): string {
  const text = stdout
    .split("\n")
    .flatMap((line) => readMessage(line)?.text ?? [])
    .at(-1);
  return text === undefined ? "" : `Its last message was: ${text.replaceAll(/\s+/g, " ").trim()}`;
}

/** The errors of a run, in the order they came. */
export function errorsOf(stdout: string): readonly Diagnostic[] {
  return stdout
    .split("\n")
    .flatMap((line) => readMessage(line)?.diagnostic ?? [])
    .filter(({ severity }) => severity === "error");
}

/** An error as one paragraph. */
export function errorText({ summary, detail, address }: Diagnostic): string {
  const place = address === undefined ? "" : ` (${address})`;
  const words = detail.replaceAll(/\s+/g, " ").trim();
  return `${summary}${place}${words === "" ? "." : `: ${words}`}`;
}
