import { CloudflareError } from "../account/refusals.ts";

/** So many names are repeated. */
const SHOWN = 10;

/** Refusals of calls that the real Cloudflare does not have. Their codes are their HTTP status. */
export const controlRefusals = {
  fromPage: () =>
    refusal(
      403,
      "A page in a browser asked for this. Only programs on this machine may: send it without Origin and Sec-Fetch-Site headers.",
    ),
  notAllPowerful: () =>
    refusal(
      403,
      "This token has permissions of its own. Reset and snapshots replace the whole account: use the token that the local Cloudflare printed as CLOUDFLARE_API_TOKEN.",
    ),
  starting: () =>
    refusal(503, "The local Cloudflare is starting or ending. Ask again when /health answers with 200."),
  unknownCall: (call: string) =>
    refusal(404, `There is no call ${call.slice(0, 200)}. GET /__local lists those that there are.`),
  methodNotKnown: (methods: readonly string[]) =>
    refusal(405, `This address takes ${methods.join(", ")} only. GET /__local lists all calls.`),
  bodyNotWanted: () =>
    refusal(
      400,
      "This call takes no body: what it is about is in its address. Send it without one, or with {}.",
    ),
  bodyTooLarge: (limit: number) =>
    refusal(413, `This call takes no body, and this one has more than ${limit} bytes. Send it without one.`),
  snapshotNameNotValid: (name: string) =>
    refusal(
      400,
      `${JSON.stringify(name.slice(0, 80))} cannot be the name of a snapshot. Give it 1 to 64 letters, digits, dots, dashes and underscores, the first of them a letter or a digit.`,
    ),
  snapshotUnknown: (name: string, others: readonly string[]) =>
    refusal(
      404,
      others.length === 0
        ? `There is no snapshot ${name}, and no other one. Save one first: PUT /__local/snapshots/${name}`
        : `There is no snapshot ${name}. There is: ${others.slice(0, SHOWN).join(", ")}${others.length > SHOWN ? `, and ${others.length - SHOWN} more` : ""}.`,
    ),
  tooManySnapshots: (most: number) =>
    refusal(
      409,
      `There are ${most} snapshots, which is the limit. Delete one first, or save under its name.`,
    ),
  snapshotsTooLarge: (what: string, limit: number) =>
    refusal(
      413,
      `The snapshot was not kept: with it, ${what} in all snapshots would have more than ${limit / 1024 / 1024} MiB. Delete other snapshots, or some of what is in the account.`,
    ),
} as const;

function refusal(status: number, message: string): CloudflareError {
  return new CloudflareError(status, status, message);
}
