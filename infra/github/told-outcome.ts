import { z } from "zod";
import { OUTCOME_STATES, type OutcomeState } from "./outcome.ts";

/** An outcome as a comment tells it. */
export interface Told {
  readonly state: OutcomeState;
  /** What was to be deployed. */
  readonly commit: string;
  /** When the deploy ended, in milliseconds since 1970; when it was told, where nobody knows. */
  readonly at: number;
}

const LINE = /^<!-- queueit-cf outcome ([a-z]+) ([0-9a-f]{40,64}) (\d{1,15}) -->$/;

/** The line of a comment by which a later run knows what was told before. */
export function toldLine({ state, commit, at }: Told): string {
  return `<!-- queueit-cf outcome ${state} ${commit} ${at} -->`;
}

/** The outcome that a comment tells; undefined where it tells none. It counts only in one that is signed. */
export function toldIn(comment: string): Told | undefined {
  return comment
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, word, commit, at] = LINE.exec(line) ?? [];
      const state = z.enum(OUTCOME_STATES).safeParse(word).data;
      return state === undefined || commit === undefined ? [] : [{ state, commit, at: Number(at) }];
    })
    .at(0);
}

/**
 * Whether an outcome takes the place of what was told before. It does not where that ended later; nor where that
 * deployed the same commit and this one was refused, which leaves the environment as it was deployed.
 */
export function isNews(outcome: Told, before: Told | undefined): boolean {
  if (before === undefined) return true;
  if (outcome.at < before.at) return false;
  return !(outcome.state === "refused" && before.state === "deployed" && outcome.commit === before.commit);
}
