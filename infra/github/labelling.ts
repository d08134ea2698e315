import { z } from "zod";
import { UserError } from "../errors/user-error.ts";
import type { GitHub } from "./client.ts";
import { NOT_FOUND } from "./refusal.ts";

/** How a label that is there got there, the last time. */
export interface Labelling {
  /** Number of the event; another one when it is taken away and set again. */
  readonly event: number;
  /** Milliseconds since 1970, by GitHub's clock. */
  readonly setAt: number;
  /** Whether a person set it who may write to the repository: triage may label, too, and so may workflows. */
  readonly isByWriter: boolean;
  /** Who set it; undefined where that account is gone. */
  readonly by: string | undefined;
}

const labeled = z.object({
  event: z.literal("labeled"),
  id: z.int(),
  actor: z.object({ login: z.string(), type: z.string().optional() }).nullable(),
  created_at: z.iso.datetime(),
  label: z.object({ name: z.string() }),
});

const permission = z.object({ permission: z.string() });

/** Who set a label of a pull request last; undefined when nobody did. */
export async function labellingOf(
  github: GitHub,
  pullRequest: number,
  label: string,
): Promise<Labelling | undefined> {
  const timeline = await github.list(`${github.repository}/issues/${pullRequest}/timeline`, z.unknown());
  const last = timeline
    .flatMap((item) => {
      const { success, data } = labeled.safeParse(item);
      return success && data.label.name === label ? [data] : [];
    })
    .at(-1);
  if (last === undefined) return undefined;
  const { id: event, actor, created_at } = last;
  const isPerson = actor !== null && actor.type !== "Bot" && !actor.login.endsWith("[bot]");
  return {
    event,
    setAt: Date.parse(created_at),
    by: actor?.login,
    isByWriter: isPerson && (await mayWrite(github, actor.login)),
  };
}

/** GitHub answers `write` for maintainers too, and `read` for those who may only triage. */
async function mayWrite(github: GitHub, login: string): Promise<boolean> {
  try {
    const path = `${github.repository}/collaborators/${encodeURIComponent(login)}/permission`;
    return ["admin", "write"].includes((await github.send("GET", path, permission)).permission);
  } catch (error) {
    if (error instanceof UserError && error.code === NOT_FOUND) return false;
    throw error;
  }
}
