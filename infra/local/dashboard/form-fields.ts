import { html } from "hono/html";
import type { Html } from "../../charts/html.ts";

/** What every form of the dashboard says about the page that it stands on. */
export interface FormOrigin {
  readonly customerId: string;
  readonly run: string;
}

export function originFields({ customerId, run }: FormOrigin): Html {
  return html`<input type="hidden" name="customer" value="${customerId}" /><input
      type="hidden"
      name="run"
      value="${run}"
    />`;
}

/** A moment as the dashboard writes it. */
export function clockTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(11, 19)} UTC`;
}
