import { html } from "hono/html";
import { type Faults, FAULTS, type FaultyPart, PARTS, type PartState, SLOW_MS } from "../faults/faults.ts";
import type { Html } from "../../charts/html.ts";
import { type FormOrigin, originFields } from "./form-fields.ts";

const SECONDS = SLOW_MS / 1000;

const NAMES: Readonly<Record<FaultyPart, { readonly name: string; readonly explains: string }>> = {
  kv: {
    name: "KV",
    explains: `What the Workers read and write. Slow: ${SECONDS} s more for each operation. The management API is not concerned.`,
  },
  origin: {
    name: "Origin",
    explains: `The shop, for visitors and Workers alike. Slow: ${SECONDS} s more for each request. Down: Cloudflare’s error 521.`,
  },
  queueIt: {
    name: "Queue-it",
    explains: "Its waiting rooms and its API. Down: nobody reaches them, no visitor and no Worker.",
  },
  clock: {
    name: "Clock of the Workers",
    explains: "Sessions and tokens are read by it. The Workers start anew when it is changed.",
  },
};

/** What fails, in words: `KV is down`. */
export function faultWords(part: FaultyPart, state: PartState): string {
  return `${NAMES[part].name}: ${state}`;
}

/** What fails on purpose at this moment, with the button that ends it; nothing while nothing does. */
export function faultBanner({ states }: Faults, origin: FormOrigin): Html | "" {
  const failing = PARTS.filter((part) => states[part] !== "works");
  if (failing.length === 0) return "";
  return html`<form class="faults-on row" method="post" action="/faults/off">
    ${originFields(origin)}
    <strong>Faults are switched on:</strong>
    <span>${failing.map((part) => faultWords(part, states[part])).join("; ")}.</span>
    <button id="faults-off">Switch all off</button>
  </form>`;
}

/** A switch for each part that can fail: at once effective, and gone when the server is started again. */
export function faultsSection({ states }: Faults, origin: FormOrigin): Html {
  return html`<section class="card" id="faults">
    <h2>Faults</h2>
    <p class="soft">
      Each takes effect at once, is shown at the top of every page, and is gone after a restart.
    </p>
    <div data-live="faults" class="switches">
      ${PARTS.map((part) => faultSwitch(part, states[part], origin))}
    </div>
  </section>`;
}

function faultSwitch(part: FaultyPart, now: PartState, origin: FormOrigin): Html {
  const { name, explains } = NAMES[part];
  const states: readonly PartState[] = ["works", ...FAULTS[part]];
  return html`<form method="post" action="/faults">
    ${originFields(origin)}<input type="hidden" name="part" value="${part}" />
    <fieldset aria-describedby="fault-${part}">
      <legend>${name}</legend>
      <div class="row choices">
        ${states.map(
          (state) =>
            html`<button
              class="plain"
              id="fault-${part}-${state.replaceAll(" ", "-")}"
              name="state"
              value="${state}"
              aria-pressed="${state === now ? "true" : "false"}"
            >
              ${state === "works" && part === "clock" ? "right" : state}
            </button>`,
        )}
      </div>
      <p class="soft detail" id="fault-${part}">${explains}</p>
    </fieldset>
  </form>`;
}
