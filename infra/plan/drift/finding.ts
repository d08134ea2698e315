import type { DriftChange } from "./remedy.ts";

/** Something that is not as it was deployed, and what undoes it. */
export type Finding = DriftChange & { readonly remedy: string };
