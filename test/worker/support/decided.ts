import { vi } from "vitest";
import type { Settings } from "../../../worker/deployment/settings.ts";
import { decide, type Decision } from "../../../worker/request-flow.ts";
import { forgetWritten } from "../../../worker/runtime/log.ts";
import { configurationOf, type TestAction } from "./configurations.ts";
import { connectorWith, TestContext } from "./connector.ts";

export interface Asked {
  readonly url?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the connector decides about a request in this process, with these actions and settings. */
export async function decided(
  { url = "https://shop.example/tickets", method = "GET", headers = {}, body = "" }: Asked,
  actions: readonly TestAction[],
  settings: Partial<Settings> = {},
): Promise<Decision> {
  const connector = connectorWith(configurationOf(...actions), settings);
  const readBody = (limit: number): Promise<string> => Promise.resolve(body.slice(0, limit));
  const request = { url, method, headers: new Headers(headers), body };
  return decide(request, readBody, connector, new TestContext());
}

/** The lines that the connector logs from now on, which then stay out of the console. */
export function watchLog(): { readonly lines: readonly Record<string, unknown>[] } {
  forgetWritten();
  const lines: Record<string, unknown>[] = [];
  for (const level of ["warn", "error"] as const)
    vi.spyOn(console, level).mockImplementation((line: string) => {
      lines.push({ level, ...(JSON.parse(line) as object) });
    });
  return { lines };
}

/** A call that the connector made to an endpoint. */
export interface Call {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly redirect: string | undefined;
}

/** Answers every call of the connector from now on, until `vi.unstubAllGlobals`. */
export function answerCalls(answer: () => Response | Promise<Response>): readonly Call[] {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", (url: string, { method, headers, body, redirect }: RequestInit = {}) => {
    calls.push({
      url,
      method,
      headers: Object.fromEntries(new Headers(headers)),
      body: typeof body === "string" ? JSON.parse(body) : undefined,
      redirect,
    });
    return Promise.resolve().then(answer);
  });
  return calls;
}
