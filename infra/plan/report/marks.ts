import type { Effect } from "../changes/change.ts";

/** One character for each effect, readable without colours. */
export const MARKS: Readonly<Record<Effect, string>> = {
  destroy: "-",
  replace: "±",
  forget: "○",
  update: "~",
  create: "+",
  import: "←",
  move: "→",
  drift: "!",
  untouched: "=",
};

/** What each effect is called above its changes. */
export const HEADINGS: Readonly<Record<Effect, string>> = {
  destroy: "Goes away",
  replace: "Is replaced",
  forget: "Is forgotten by Terraform",
  update: "Changes",
  create: "Is new",
  import: "Is imported",
  move: "Is renamed in the state",
  drift: "Was changed outside Terraform",
  untouched: "Stays",
};
