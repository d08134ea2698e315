import { createHash, randomBytes } from "node:crypto";
import type { ApiToken, TokenPolicy } from "./model.ts";
import { newId } from "./new-id.ts";
import { refusals } from "./refusals.ts";

/** Cloudflare's limit for the tokens of a user. */
const MOST = 50;

/** What whoever makes a token says of it. */
export type TokenSettings = Pick<ApiToken, "name" | "notBefore" | "expiresOn"> & {
  readonly policies: readonly Omit<TokenPolicy, "id">[];
  readonly status?: ApiToken["status"];
};

/** A token with its value, which nobody is told a second time. */
export interface IssuedToken {
  readonly token: ApiToken;
  readonly value: string;
}

/**
 * The tokens of an account and of its user, besides the one that may do everything. Every method throws
 * CloudflareError when Cloudflare would refuse.
 */
export class ApiTokens {
  readonly #tokens = new Map<string, ApiToken>();

  constructor(tokens: readonly ApiToken[] = []) {
    for (const token of tokens) this.#tokens.set(token.id, token);
  }

  get all(): readonly ApiToken[] {
    return [...this.#tokens.values()];
  }

  get(owner: ApiToken["owner"], id: string): ApiToken {
    const token = this.#tokens.get(id);
    if (token?.owner !== owner) throw refusals.tokenNotFound();
    return token;
  }

  /** The token that a client has shown, valid or not. */
  withValue(value: string): ApiToken | undefined {
    const sha256 = hashOf(value);
    return this.all.find((token) => token.sha256 === sha256);
  }

  create(owner: ApiToken["owner"], settings: TokenSettings): IssuedToken {
    if (this.#tokens.size >= MOST) throw refusals.accountFull(`${MOST} API tokens`);
    const value = newValue();
    const now = new Date().toISOString();
    const token: ApiToken = {
      id: newId(),
      owner,
      status: "active",
      sha256: hashOf(value),
      issuedOn: now,
      modifiedOn: now,
      ...withIds(settings),
    };
    this.#tokens.set(token.id, token);
    return { token, value };
  }

  /** Replaces what is said of a token; its value stays. */
  replace(owner: ApiToken["owner"], id: string, settings: TokenSettings): ApiToken {
    const { sha256, issuedOn, status } = this.get(owner, id);
    const modifiedOn = new Date().toISOString();
    const token = { id, owner, sha256, issuedOn, status, modifiedOn, ...withIds(settings) };
    this.#tokens.set(id, token);
    return token;
  }

  /** Gives a token another value; the one before it is worth nothing from then on. */
  roll(owner: ApiToken["owner"], id: string): string {
    const value = newValue();
    this.#tokens.set(id, {
      ...this.get(owner, id),
      sha256: hashOf(value),
      modifiedOn: new Date().toISOString(),
    });
    return value;
  }

  delete(owner: ApiToken["owner"], id: string): void {
    this.get(owner, id);
    this.#tokens.delete(id);
  }
}

function withIds({ policies, ...settings }: TokenSettings): TokenSettings & Pick<ApiToken, "policies"> {
  return { ...settings, policies: policies.map((policy) => ({ ...policy, id: newId() })) };
}

/** Long enough that nobody guesses it, and with a name that nobody takes for a real one. */
function newValue(): string {
  return `local-only-${randomBytes(24).toString("hex")}`;
}

function hashOf(value: string): string {
  return createHash("sha256").update(value).digest("hex");
}
