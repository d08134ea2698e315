import { z } from "zod";
import { UserError } from "../errors/user-error.ts";
import { ANY_ANSWER, type GitHub } from "./client.ts";
import { OUTCOME_STATES, type OutcomeState } from "./outcome.ts";
import { NOT_FOUND } from "./refusal.ts";

const LOOKS: Readonly<Record<OutcomeState, { readonly color: string; readonly description: string }>> = {
  deployed: { color: "0e8a16", description: "Deployed and verified" },
  refused: { color: "fbca04", description: "The deploy was refused; nothing was changed" },
  failed: { color: "b60205", description: "The deploy ended by an error" },
  attention: { color: "d93f0b", description: "Deployed or not, somebody has to look" },
};

/** The label that says what became of an environment's deploy. GitHub takes 50 characters: the longest has as many. */
export function outcomeLabel(environment: string, state: OutcomeState): string {
  return `${state}-${environment}`;
}

const label = z.object({ name: z.string() });

/**
 * Makes the labels of a pull request say what became of the deploy: takes away what another one said, and makes a label
 * that the repository does not have yet.
 *
 * @returns Why they do not say it, where GitHub refuses: a deploy is none the worse for it. Undefined when they do.
 */
export async function labelOutcome(
  github: GitHub,
  pullRequest: number,
  environment: string,
  state: OutcomeState,
): Promise<string | undefined> {
  const path = `${github.repository}/issues/${pullRequest}/labels`;
  const wanted = outcomeLabel(environment, state);
  const stale = OUTCOME_STATES.map((each) => outcomeLabel(environment, each)).filter(
    (each) => each !== wanted,
  );
  try {
    const names = (await github.list(path, label)).map(({ name }) => name);
    for (const name of names.filter((each) => stale.includes(each)))
      await unless([NOT_FOUND], () =>
        github.send("DELETE", `${path}/${encodeURIComponent(name)}`, ANY_ANSWER),
      );
    if (names.includes(wanted)) return undefined;
    // One that is there already is refused, and is right whatever it looks like.
    await unless(["github-refused"], () =>
      github.send("POST", `${github.repository}/labels`, ANY_ANSWER, { name: wanted, ...LOOKS[state] }),
    );
    await github.send("POST", path, ANY_ANSWER, { labels: [wanted] });
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

async function unless(codes: readonly string[], work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UserError && codes.includes(error.code))) throw error;
  }
}
