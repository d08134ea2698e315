import { z } from "zod";
import type { LocalServer } from "../../infra/local/server/local-server.ts";
import { StepFailed } from "./step-failed.ts";

const envelope = z.object({ success: z.boolean(), errors: z.array(z.unknown()), result: z.unknown() });

const routeSchema = z.object({ id: z.string(), pattern: z.string(), script: z.string().optional() });

/** Calls to the management API as a person would make them by hand, without Terraform's knowledge. */
export class Management {
  readonly #server: LocalServer;

  constructor(server: LocalServer) {
    this.#server = server;
  }

  async routes(zoneId: string): Promise<readonly z.infer<typeof routeSchema>[]> {
    return z.array(routeSchema).parse(await this.call("GET", `/zones/${zoneId}/workers/routes`));
  }

  /** @returns What the envelope holds. */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${this.#server.apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#server.token}`,
        ...(body !== undefined && !isForm && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new StepFailed(`${method} ${path} answered ${response.status}`, text);
    return envelope.parse(JSON.parse(text)).result;
  }
}
