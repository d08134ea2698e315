import { HOST_CASES, PATH_CASES } from "./addresses.ts";
import { CACHE_CASES, DIRECT_CASES, SCRIPT_CASES } from "./answers.ts";
import type { BypassCase } from "./bypass-case.ts";
import { PUBLISH_CASES, STATUS_CASES } from "./endpoints.ts";
import { HOOK_CASES } from "./hooks.ts";
import { TOKEN_CASES } from "./queue-tokens.ts";
import { INJECTION_CASES, REDIRECT_CASES } from "./redirects.ts";
import { PREFETCH_CASES, PREFLIGHT_CASES } from "./ahead.ts";
import { HEADER_CASES, METHOD_CASES } from "./requests.ts";
import { COOKIE_CASES } from "./session-cookies.ts";

/** Every way past the queue that is tried. */
export const BYPASS_CASES: readonly BypassCase[] = [
  ...PATH_CASES,
  ...HOST_CASES,
  ...METHOD_CASES,
  ...HEADER_CASES,
  ...COOKIE_CASES,
  ...TOKEN_CASES,
  ...SCRIPT_CASES,
  ...PREFLIGHT_CASES,
  ...PREFETCH_CASES,
  ...CACHE_CASES,
  ...REDIRECT_CASES,
  ...INJECTION_CASES,
  ...DIRECT_CASES,
  ...PUBLISH_CASES,
  ...STATUS_CASES,
  ...HOOK_CASES,
];
