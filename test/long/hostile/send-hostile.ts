import { expect } from "vitest";
import { queueAction } from "../../worker/support/configurations.ts";
import { RawOrigin } from "../../worker/support/raw-origin.ts";
import { rawRequest } from "../../worker/support/raw-request.ts";
import { Shop } from "../../worker/support/shop.ts";
import { referenceDecision } from "../../worker/differential/reference.ts";
import type { HostileRequest } from "./hostile-requests.ts";

/** Holds everybody, wherever they go: whoever reaches the site has to have been let in. */
const CONFIGURATION = { Version: 5, Integrations: [queueAction({ Triggers: [{ TriggerParts: [] }] })] };

/** What became of the requests, so that an empty comparison is seen. */
export const counts = { sent: 0, held: 0, letIn: 0, refusedByRuntime: 0 };

export class HostileShop {
  readonly #asked = new Map<string, number>();
  #next = 0;

  private constructor(
    private readonly shop: Shop,
    private readonly site: RawOrigin,
  ) {}

  static async open(): Promise<HostileShop> {
    const site = await RawOrigin.open();
    const shop = await Shop.open({ configuration: CONFIGURATION, originAddress: site.address });
    return new HostileShop(shop, site);
  }

  async close(): Promise<void> {
    await this.shop.close();
    await this.site.close();
  }

  /** Sends requests at once, and judges each. */
  async judge(requests: readonly HostileRequest[]): Promise<void> {
    const numbered = requests.map((request) => ({ request, id: String(this.#next++) }));
    const answers = await Promise.all(numbered.map(({ request, id }) => this.#send(request, id)));
    for (const asked of this.site.asked.splice(0)) {
      const id = /^x-test-id: (\d+)/im.exec(asked)?.[1] ?? "";
      this.#asked.set(id, (this.#asked.get(id) ?? 0) + 1);
    }
    for (const [index, { request, id }] of numbered.entries()) {
      await judge(request, answers[index] ?? "", this.#asked.get(id) ?? 0);
    }
    this.#asked.clear();
  }

  #send({ method, target, host, headers, body }: HostileRequest, id: string): Promise<string> {
    const lines = headers.map(([name, value]) => `${name}: ${value}`);
    const head = [`${method} ${target} HTTP/1.1`, `host: ${host}`, `x-test-id: ${id}`, ...lines];
    return rawRequest(this.shop, body === "" ? head : [...head, `content-length: ${body.length}`], body);
  }
}

async function judge(request: HostileRequest, answer: string, asked: number): Promise<void> {
  const lower = answer.toLowerCase();
  counts.sent++;
  if (!lower.includes("x-queueit-connector: cloudflare")) counts.refusedByRuntime++;
  else if (asked === 0) counts.held++;
  else counts.letIn++;
  // A matcher for each of a million requests would take longer than the requests.
  const isClean = asked <= 1 && !lower.includes("x-queueit-failed") && !/^http\/1\.1 5\d\d/.test(lower);
  if (!isClean) expect({ request, answer, asked }).toBe("never more than one request, never our failure");
  if (asked === 1 && !(await isLetInBySdk(request))) {
    expect({ request, answer }).toBe("held, as the SDK does");
  }
}

/**
 * Whether the SDK lets it in by what it brings. Where a query begins is not the SDK's business, so that a session or a
 * token in a header may count whatever is in the address.
 */
async function isLetInBySdk(request: HostileRequest): Promise<boolean> {
  const plain = asPlain(request);
  for (const url of [plain.url, `http://${request.host}/`]) {
    const theirs = await referenceDecision({ ...plain, url }, JSON.stringify(CONFIGURATION));
    if (theirs.kind !== "to-queue-it") return true;
  }
  return false;
}

/** The request as the SDK's own connectors get it. */
function asPlain({
  method,
  target,
  host,
  headers,
  body,
}: HostileRequest): Parameters<typeof referenceDecision>[0] {
  const fields: Record<string, string> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    // workerd joins cookies of two lines like all others.
    fields[key] = key in fields ? `${fields[key]}, ${value.trim()}` : value.trim();
  }
  return { method, url: `http://${host}${target}`, headers: fields, body };
}
