import type { Credential } from "../judge/credential.ts";

const MOST = 64;

/** Tokens and session cookies that came into others' hands: the latest of each. */
export class Market {
  readonly #tokens: Credential[] = [];
  readonly #sessions: (Credential & { readonly room: string })[] = [];

  addToken(token: Credential): void {
    keep(this.#tokens, token);
  }

  addSession(session: Credential & { readonly room: string }): void {
    keep(this.#sessions, session);
  }

  get tokens(): readonly Credential[] {
    return this.#tokens;
  }

  get sessions(): readonly (Credential & { readonly room: string })[] {
    return this.#sessions;
  }
}

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > MOST) list.shift();
}
