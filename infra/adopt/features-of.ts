import { VARIABLES } from "../../worker/deployment/variables.ts";
import type { Environment, QueueItSettings } from "../environments/environment.ts";
import { originProblem } from "../cloudflare/origin.ts";
import type { FoundNames } from "./worker-names.ts";

/** Settings of Queue-it's that a Worker's variables say, but the customer id. */
export function featuresOf(names: FoundNames): Omit<QueueItSettings, "customerId"> {
  const text = (name: keyof typeof VARIABLES) => names.get(VARIABLES[name])?.text;
  const number = (name: keyof typeof VARIABLES) => {
    const written = text(name);
    return written !== undefined && /^\d+$/.test(written) ? Number(written) : undefined;
  };
  const hasToken = text("enqueueTokenEnabled")?.toLowerCase() === "true";
  const validityMs = number("enqueueTokenValidity");
  const clientIp = text("clientIp");
  const matching = text("matching");
  const preflights = text("preflights");
  const prefetches = text("prefetches");
  const allowedOrigins =
    text("allowedOrigins")
      ?.split(/\s+/)
      .filter((origin) => originProblem(origin) === undefined) ?? [];
  const requestBodyLimit = number("requestBodyLimit");
  const configurationTtlSeconds = number("configurationTtl");
  const [verifyUrl, passUrl] = [text("verifyActionUrl"), text("directPassUrl")];
  const timeoutMs = number("directPassTimeout");
  return {
    ...(hasToken && {
      enqueueToken: {
        ...(validityMs !== undefined && { validityMs }),
        ...(text("enqueueTokenKeyEnabled")?.toLowerCase() === "true" && { key: true }),
      },
    }),
    ...((clientIp === "cf-connecting-ip" || clientIp === "none") && { clientIp }),
    ...(requestBodyLimit !== undefined && { requestBodyLimit }),
    ...((matching === "as-configured" || matching === "normalized") && { matching }),
    ...((preflights === "pass" || preflights === "queue") && { preflights }),
    ...((prefetches === "refuse" || prefetches === "queue") && { prefetches }),
    ...(allowedOrigins.length > 0 && { allowedOrigins }),
    ...(configurationTtlSeconds !== undefined && { configurationTtlSeconds }),
    ...(verifyUrl !== undefined && { verifyAction: { url: verifyUrl } }),
    ...(passUrl !== undefined && {
      directPass: { url: passUrl, ...(timeoutMs !== undefined && { timeoutMs }) },
    }),
  };
}

/** What visitors get while the connector fails; undefined where the Worker is not told. */
export function failureOf(names: FoundNames): Environment["failure"] {
  const mode = names.get(VARIABLES.failureMode)?.text;
  return mode === "open" || mode === "closed" ? mode : undefined;
}
