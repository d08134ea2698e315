import type { Console } from "./console.ts";

/**
 * How often a question is asked in all: a typo costs nobody a plan, and whatever types without end comes to
 * an end.
 */
export const ATTEMPTS = 3;

/**
 * Asks a question that is answered with yes or no; no answer is no, and so is none that can be understood.
 */
export async function confirmed(ask: Console["ask"], question: string): Promise<boolean> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const answer = await ask(
      attempt === 1 ? `${question} (y/N)` : `Please answer yes or no. ${question} (y/N)`,
    );
    const meant = yesOrNo(answer);
    if (meant !== undefined) return meant;
  }
  return false;
}

function yesOrNo(answer: string): boolean | undefined {
  const word = answer.trim().toLowerCase();
  if (word === "y" || word === "yes") return true;
  return word === "" || word === "n" || word === "no" ? false : undefined;
}
