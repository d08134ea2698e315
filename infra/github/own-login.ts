import { z } from "zod";
import { UserError } from "../errors/user-error.ts";
import type { GitHub } from "./client.ts";
import { FORBIDDEN } from "./refusal.ts";

const user = z.object({ login: z.string() });

/** Who writes with the token that a workflow gets by itself. */
const WORKFLOW_LOGIN = "github-actions[bot]";

/**
 * The login that comments of this token have. A workflow's own token may not ask, which tells who it is; that
 * of another GitHub App may not ask either, so such a login has to be given.
 */
export async function ownLogin(github: GitHub, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  try {
    return (await github.send("GET", "/user", user)).login;
  } catch (error) {
    if (error instanceof UserError && error.code === FORBIDDEN) return WORKFLOW_LOGIN;
    throw error;
  }
}
