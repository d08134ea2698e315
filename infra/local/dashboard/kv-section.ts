import { html } from "hono/html";
import { looksLikeSecret } from "../../secrets/looks-like-secret.ts";
import { CloudflareError } from "../cloudflare/account/refusals.ts";
import type { KvKey, KvValue } from "../cloudflare/account/model.ts";
import type { Html } from "../../charts/html.ts";
import type { DashboardCustomer, ShownAccount } from "./options.ts";
import { addressOf } from "./tabs.ts";

/** More of each nobody reads here; the management API gives all. */
const MOST_NAMESPACES = 50;
const KEYS_SHOWN = 50;
const BYTES_SHOWN = 4096;

/** What of KV is looked at. */
export interface KvLook {
  /** Id of a namespace; undefined for none. */
  readonly namespace: string | undefined;
  readonly prefix: string;
  /** Where the page of keys begins; empty for the first. */
  readonly cursor: string;
  /** Undefined for none. */
  readonly key: string | undefined;
}

/** What it is shown with. */
export interface KvParts {
  readonly account: ShownAccount;
  readonly customer: DashboardCustomer;
  /** Takes the secrets out of a text: what is cut in two would not be known as one any more. */
  readonly hide: (text: string) => string;
}

/** The namespaces, the keys of one of them, and the beginning of one value. */
export async function kvSection(parts: KvParts, look: KvLook): Promise<Html> {
  const { account, customer } = parts;
  const { namespaces } = account;
  const chosen = namespaces.find(({ id }) => id === look.namespace) ?? namespaces[0];
  return html`<section class="card wide" id="kv">
    <h2>KV</h2>
    ${
      chosen === undefined
        ? html`<p>There is no namespace.</p>`
        : html`<nav class="row" aria-label="Namespaces">
              ${namespaces
                .slice(0, MOST_NAMESPACES)
                .map(
                  ({ id, title }) =>
                    html`<a
                      href="${addressOf("account", customer.customerId, { namespace: id })}#kv"
                      ${id === chosen.id ? html`aria-current="true"` : ""}
                      >${title}</a
                    >`,
                )}
            </nav>
            <p class="soft">Namespace ${chosen.id}</p>
            ${await keysOf(parts, { ...look, namespace: chosen.id })}`
    }
  </section>`;
}

type Chosen = KvLook & { readonly namespace: string };

async function keysOf(parts: KvParts, look: Chosen): Promise<Html> {
  const { account, customer } = parts;
  const { namespace, prefix, cursor, key } = look;
  const page = await orWords(() => account.listKeys(namespace, { prefix, cursor, limit: KEYS_SHOWN }));
  if (typeof page === "string") return html`<p class="bad">${page}</p>`;
  const at = (asked: Readonly<Record<string, string>>) =>
    `${addressOf("account", customer.customerId, { namespace, prefix, ...asked })}#kv`;
  return html`<form method="get" action="/account#kv" role="search" class="fields">
      <input type="hidden" name="customer" value="${customer.customerId}" />
      <input type="hidden" name="namespace" value="${namespace}" />
      <p class="grow">
        <label for="kv-prefix">Keys that begin with</label>
        <input
          id="kv-prefix"
          name="prefix"
          type="search"
          value="${prefix}"
          autocomplete="off"
          spellcheck="false"
        />
      </p>
      <p class="at-end"><button>Show</button></p>
    </form>
    <ul class="keys">
      ${page.keys.length === 0 ? html`<li>No key${prefix === "" ? "" : " begins like that"}.</li>` : ""}
      ${page.keys.map((found) => keyLine(found, at({ key: found.name, cursor }), found.name === key))}
    </ul>
    ${page.cursor === "" ? "" : html`<p><a href="${at({ cursor: page.cursor })}">More keys</a></p>`}
    ${key === undefined ? "" : await valueOf(parts, namespace, key)}`;
}

function keyLine({ name, expiration }: KvKey, address: string, isChosen: boolean): Html {
  return html`<li>
    <a href="${address}" ${isChosen ? html`aria-current="true"` : ""}>${name}</a>${
      expiration === undefined
        ? ""
        : html`<span class="detail">until ${new Date(expiration * 1000).toISOString()}</span>`
    }
  </li>`;
}

async function valueOf({ account, hide }: KvParts, namespace: string, key: string): Promise<Html> {
  const value = await orWords(() => account.getValue(namespace, key));
  if (typeof value === "string") return html`<p class="bad">${value}</p>`;
  return html`<h3><bdi>${key}</bdi></h3>
    <p class="soft">${sizeWords(value, hide)}</p>
    <pre class="value" tabindex="0" aria-label="Value">${beginningOf(value, hide)}</pre>`;
}

function sizeWords({ bytes, metadata }: KvValue, hide: KvParts["hide"]): string {
  const size = `${bytes.length.toLocaleString("en")} bytes`;
  const cut = bytes.length > BYTES_SHOWN ? `, the first ${BYTES_SHOWN.toLocaleString("en")} are shown` : "";
  const about = metadata === undefined ? "" : `; metadata ${hide(JSON.stringify(metadata)).slice(0, 200)}`;
  return `${size}${cut}${about}`;
}

/** Hidden as a whole where it has the shape of a secret. */
function beginningOf({ bytes }: KvValue, hide: KvParts["hide"]): string {
  // Twice of what is shown, so that a secret at the end is whole.
  const beginning = bytes.subarray(0, 2 * BYTES_SHOWN);
  const text = new TextDecoder().decode(beginning);
  if (looksLikeSecret(text)) return "(hidden: it looks like a secret)";
  const isBinary = /[\u0000-\u0008\u000e-\u001f]/.test(text);
  return isBinary
    ? hide(Buffer.from(beginning).toString("hex")).slice(0, 2 * BYTES_SHOWN)
    : hide(text).slice(0, BYTES_SHOWN);
}

async function orWords<Result>(work: () => Promise<Result>): Promise<Result | string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CloudflareError) return error.message;
    // Whoever types an address may ask for a page of keys that never was.
    return `KV does not answer that: ${error instanceof Error ? error.message : String(error)}`;
  }
}
