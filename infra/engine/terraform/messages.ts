import { z } from "zod";

/** One line of what `terraform plan -json` and `terraform apply -json` print. */
export interface Message {
  readonly type: string;
  /** In Terraform's words. */
  readonly text: string;
  readonly diagnostic: Diagnostic | undefined;
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
  const { "@message": text, type, diagnostic } = parsed.data;
  return { type, text, diagnostic: diagnostic && { ...diagnostic, address: diagnostic.address } };
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
