import { ORIGIN } from "../visitor/preflight.ts";
import { Failure } from "../runtime/failure.ts";
import { inTime } from "../runtime/or-after.ts";
import type { Env, SecretBinding, ServiceBinding } from "../runtime/platform.ts";
import { CHAINED_WORKER_BINDING, SECRETS, VARIABLES } from "./variables.ts";

/** Milliseconds to wait for a secret that not every request needs. */
const SECRET_TIMEOUT_MS = 2000;

/** What visitors get when the connector itself fails. */
export type FailureMode = "open" | "closed";

/** Everything the Worker is told by its deployment, checked and with defaults filled in. */
export interface Settings {
  readonly customerId: string;
  readonly secretKey: string;
  readonly apiKey: LazySecret | undefined;
  readonly enqueueToken: { readonly validityMs: number; readonly withKey: boolean } | undefined;
  /** Header with the visitor's address; undefined when Queue-it is not to know it. */
  readonly clientIpHeader: string | undefined;
  /** Characters of a body that triggers may look at; 0 never reads one. */
  readonly requestBodyLimit: number;
  /** Whether triggers see a URL as each action says, or in every way in which a server may read it. */
  readonly matching: "as-configured" | "normalized";
  /** What becomes of a CORS preflight to a page that queues. */
  readonly preflights: "pass" | "queue";
  /** What becomes of a prefetch of a page that queues. */
  readonly prefetches: "refuse" | "queue";
  /** Origins whose scripts may read the connector's own answers, as browsers write them. */
  readonly allowedOrigins: readonly string[];
  readonly owner: "publish" | "pull" | "file";
  readonly failureMode: FailureMode;
  /** SHA-256 of the bundle; undefined where the deployment does not say it. */
  readonly bundle: string | undefined;
  /** Whether another Worker answers what passes, in place of the origin. */
  readonly chained: boolean;
  readonly configurationTtlMs: number;
  readonly verifyActionUrl: string | undefined;
  readonly directPass: DirectPassSettings | undefined;
}

/**
 * A secret that is read by whoever needs it: where the Secrets Store does not give it, nobody else fails.
 * @throws Failure `secret-unreadable`.
 */
export type LazySecret = () => Promise<string>;

export interface DirectPassSettings {
  readonly url: string;
  readonly proxyKey: LazySecret | undefined;
  readonly timeoutMs: number;
}

export interface SettingsAndProblems {
  readonly settings: Settings;
  /** Variables with a value that cannot be used, in words; their defaults are used instead. */
  readonly problems: readonly string[];
}

/**
 * The Worker that answers what passes; undefined where the origin does. A text under its name, as only a hand could write
 * it, is none.
 */
export function chainedWorkerOf(env: Env): ServiceBinding | undefined {
  const bound = env[CHAINED_WORKER_BINDING];
  return typeof bound === "object" ? (bound as ServiceBinding) : undefined;
}

/** What visitors get when the connector fails. Open unless the variable says `closed`. Never throws. */
export function failureModeOf(env: Env): FailureMode {
  const value = env[VARIABLES.failureMode];
  return typeof value === "string" && value.trim().toLowerCase() === "closed" ? "closed" : "open";
}

/**
 * Reads variables and secrets. A bad value of an optional variable is a problem, not a failure: a typing
 * error in a time-to-live must not switch the waiting room off.
 * @throws Failure when the customer id or the secret key is missing, or a secret cannot be read.
 */
export async function readSettings(env: Env): Promise<SettingsAndProblems> {
  const problems: string[] = [];
  const variables = new Variables(env, problems);
  const customerId = variables.text(VARIABLES.customerId);
  if (customerId === "") throw new Failure("customer-id-missing", `${VARIABLES.customerId} is not set.`);

  const secretKey = await readSecret(env, SECRETS.secretKey);
  if (secretKey === "") throw new Failure("secret-key-missing", `${SECRETS.secretKey} is not set.`);

  const validityMs = variables.integer(VARIABLES.enqueueTokenValidity, 240_000, 1, Number.MAX_SAFE_INTEGER);
  const clientIp = variables.oneOf(VARIABLES.clientIp, ["cf-connecting-ip", "none"], "cf-connecting-ip");
  const withKey = variables.flag(VARIABLES.enqueueTokenKeyEnabled);
  const directPassUrl = variables.httpsUrl(VARIABLES.directPassUrl);
  const timeoutMs = variables.integer(VARIABLES.directPassTimeout, 3000, 800, 5000);
  variables.oneOf(VARIABLES.failureMode, ["open", "closed"], "open");
  const bundle = variables.text(VARIABLES.bundle);
  return {
    problems,
    settings: {
      customerId,
      secretKey,
      apiKey: lazySecret(env, SECRETS.apiKey),
      enqueueToken: variables.flag(VARIABLES.enqueueTokenEnabled) ? { validityMs, withKey } : undefined,
      clientIpHeader: clientIp === "none" ? undefined : clientIp,
      requestBodyLimit: variables.integer(VARIABLES.requestBodyLimit, 2048, 0, 2048),
      matching: variables.oneOf(VARIABLES.matching, ["as-configured", "normalized"], "as-configured"),
      preflights: variables.oneOf(VARIABLES.preflights, ["pass", "queue"], "pass"),
      prefetches: variables.oneOf(VARIABLES.prefetches, ["refuse", "queue"], "refuse"),
      allowedOrigins: variables.origins(VARIABLES.allowedOrigins),
      owner: variables.oneOf(VARIABLES.configurationOwner, ["publish", "pull", "file"], "publish"),
      failureMode: failureModeOf(env),
      bundle: /^[0-9a-f]{64}$/.test(bundle) ? bundle : undefined,
      chained: chainedWorkerOf(env) !== undefined,
      configurationTtlMs: variables.integer(VARIABLES.configurationTtl, 60, 1, 86_400) * 1000,
      verifyActionUrl: variables.httpsUrl(VARIABLES.verifyActionUrl),
      directPass:
        directPassUrl === undefined
          ? undefined
          : { url: directPassUrl, proxyKey: lazySecret(env, SECRETS.directPassKey), timeoutMs },
    },
  };
}

/** Reads variables one by one and collects what is wrong with them. */
class Variables {
  readonly #env: Env;
  readonly #problems: string[];

  constructor(env: Env, problems: string[]) {
    this.#env = env;
    this.#problems = problems;
  }

  text(name: string): string {
    const value = this.#env[name];
    if (typeof value === "string") return value.trim();
    if (value !== undefined) this.#problems.push(`${name} must be a text; it is not used`);
    return "";
  }

  flag(name: string): boolean {
    return this.oneOf(name, ["true", "false"], "false") === "true";
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[], standard: Choice): Choice {
    const value = this.text(name);
    if (value === "") return standard;
    const choice = choices.find((candidate) => candidate === value.toLowerCase());
    if (choice === undefined)
      this.#problems.push(`${name} must be one of ${choices.join(", ")}; ${standard} is used`);
    return choice ?? standard;
  }

  integer(name: string, standard: number, lowest: number, highest: number): number {
    const value = this.text(name);
    if (value === "") return standard;
    const number = /^\d+$/.test(value) ? Number(value) : NaN;
    if (number >= lowest && number <= highest) return number;
    this.#problems.push(`${name} must be a whole number from ${lowest} to ${highest}; ${standard} is used`);
    return standard;
  }

  origins(name: string): readonly string[] {
    const text = this.text(name).toLowerCase();
    const origins = text.split(" ").filter((origin) => ORIGIN.test(origin));
    if (origins.join(" ") !== text)
      this.#problems.push(`${name} must be origins such as https://shop.example; others are not used`);
    return origins;
  }

  httpsUrl(name: string): string | undefined {
    const value = this.text(name);
    if (value === "") return undefined;
    if (/^https:\/\/[^\s/]+/.test(value) && URL.canParse(value)) return value;
    this.#problems.push(`${name} must be an address that begins with https://; it is not used`);
    return undefined;
  }
}

function lazySecret(env: Env, name: string): LazySecret | undefined {
  const binding = env[name];
  if (!isSecretBinding(binding) && (typeof binding !== "string" || binding.trim() === "")) return undefined;
  let known: string | undefined;
  return async () =>
    (known ??= await inTime(SECRET_TIMEOUT_MS, neededSecret(env, name), "secret-unreadable"));
}

async function neededSecret(env: Env, name: string): Promise<string> {
  const secret = await readSecret(env, name);
  if (secret === "") throw new Failure("secret-unreadable", `The Secrets Store has nothing in ${name}.`);
  return secret;
}

async function readSecret(env: Env, name: string): Promise<string> {
  const value = env[name];
  if (typeof value === "string") return value.trim();
  if (!isSecretBinding(value)) return "";
  try {
    return (await value.get()).trim();
  } catch {
    // What the store says about it may name the secret's content.
    throw new Failure("secret-unreadable", `The Secrets Store did not give ${name}.`);
  }
}

function isSecretBinding(value: unknown): value is SecretBinding {
  return typeof (value as Partial<SecretBinding> | null | undefined)?.get === "function";
}
