/** Where it says whether it is ready, to anybody on this machine. */
export const HEALTH_PATH = "/health";

/** Path that every call begins with that the real Cloudflare does not have, but for the health. */
export const CONTROL_BASE = "/__local";

interface ControlCall {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Parameters begin with a colon. */
  readonly path: string;
  /** What it does, in one sentence. */
  readonly does: string;
}

/** Every call beside Cloudflare's own API. */
export const CONTROL_CALLS: readonly ControlCall[] = [
  {
    method: "GET",
    path: HEALTH_PATH,
    does: "Says whether it is ready (200, otherwise 503) and which version it is; needs no token.",
  },
  {
    method: "GET",
    path: CONTROL_BASE,
    does: "Says the account's id, its zones with their ids, and these calls.",
  },
  {
    method: "POST",
    path: `${CONTROL_BASE}/reset`,
    does: "Empties the account: what it had at its very start is left.",
  },
  { method: "GET", path: `${CONTROL_BASE}/snapshots`, does: "Lists the snapshots, without what is in them." },
  {
    method: "PUT",
    path: `${CONTROL_BASE}/snapshots/:name`,
    does: "Saves the account and the values of its namespaces under a name, in the place of an earlier one.",
  },
  {
    method: "POST",
    path: `${CONTROL_BASE}/snapshots/:name/restore`,
    does: "Puts everything back as the snapshot has it.",
  },
  { method: "DELETE", path: `${CONTROL_BASE}/snapshots/:name`, does: "Deletes a snapshot." },
];
