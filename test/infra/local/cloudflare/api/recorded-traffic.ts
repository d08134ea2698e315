import { readFileSync } from "node:fs";
import { z } from "zod";

const exchangeSchema = z.object({
  request: z.object({
    method: z.string(),
    path: z.string(),
    contentType: z.string().optional(),
    body: z.string().optional(),
  }),
  response: z.object({ status: z.number(), body: z.string() }),
});

export type Exchange = z.output<typeof exchangeSchema>;

/** What the real Terraform provider asked, and what it was content with. */
export function readTraffic(name: string): readonly Exchange[] {
  const file = new URL(`../../../../fixtures/traffic/${name}.jsonl`, import.meta.url);
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => exchangeSchema.parse(JSON.parse(line)));
}

/** Identifiers of the recording, and those that were handed out here in their place. */
export class Identifiers {
  readonly #ours = new Map<string, string>();

  learn(recorded: string, ours: string): void {
    this.#ours.set(recorded, ours);
  }

  /** A text of the recording with our identifiers. */
  readdress(text: string): string {
    return [...this.#ours].reduce(
      (readdressed, [recorded, ours]) => readdressed.replaceAll(recorded, ours),
      text,
    );
  }
}

/** What differs from run to run, or is Cloudflare's own affair: not compared. */
const OWN_AFFAIRS = new Set(["tag", "etag", "created_on", "modified_on", "startup_time_ms", "handlers"]);

/** A recorded answer as what our answer has to contain. */
export function needed(body: string): unknown {
  // A multipart answer is compared by its parts' headers and bytes, without the boundary.
  if (body.startsWith("--")) return withoutBoundary(body);
  return JSON.parse(body, (key, value: unknown) => (OWN_AFFAIRS.has(key) ? undefined : value));
}

export function answered(body: string): unknown {
  return body.startsWith("--") ? withoutBoundary(body) : JSON.parse(body);
}

function withoutBoundary(body: string): string {
  const boundary = body.slice(0, body.indexOf("\r\n"));
  return body.replaceAll(boundary, "--");
}

/** Asks the API what the provider asked, as somebody with this token. */
export async function askAgain(
  api: { readonly fetch: (request: Request) => Response | Promise<Response> },
  { method, path, contentType, body }: Exchange["request"],
  identifiers: Identifiers,
  token: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await api.fetch(
    new Request(`http://localhost/client/v4${identifiers.readdress(path)}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(contentType !== undefined && { "content-type": contentType }),
      },
      ...(body !== undefined && { body: identifiers.readdress(body) }),
    }),
  );
  return { status: answer.status, text: await answer.text() };
}

/** Id of what an answer is about. */
export function resultId(body: string): string {
  return (JSON.parse(body) as { result: { id: string } }).result.id;
}
