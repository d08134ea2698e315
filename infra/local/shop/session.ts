import { cookieNames } from "./echo.ts";

/** Name of a session cookie of the connector, up to the waiting room's id. */
const SESSION_COOKIE = "QueueITAccepted-SDFrts345E-V3_";

/** Waiting rooms whose session cookie the browser sent. */
export function sessions(cookieHeader: string | undefined): readonly string[] {
  return cookieNames(cookieHeader ?? "")
    .filter((name) => name.startsWith(SESSION_COOKIE))
    .map((name) => name.slice(SESSION_COOKIE.length));
}
