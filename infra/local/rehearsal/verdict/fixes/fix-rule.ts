import type { Rehearsal } from "../../rehearsal.ts";
import type { Fix } from "../verdict.ts";

/** Finds one thing to fix, or nothing. */
export type FixRule = (rehearsal: Rehearsal) => readonly Fix[];
