import type { FoundConfiguration } from "../sources/found-configuration.ts";
import { fingerprint, type PulledNote } from "./pulled-note.ts";

type Held = Pick<FoundConfiguration, "configuration" | "json">;

/**
 * Why a file must not replace what is live; undefined where what is live is what the file was made from.
 *
 * @param note What the file was pulled from; without one, the version in the file has to be the live one.
 */
export function baseProblem(
  file: Held,
  live: Held,
  note: PulledNote | undefined,
  environment: string,
): string | undefined {
  const [mine, theirs] = [file.configuration.Version, live.configuration.Version];
  if (note === undefined) {
    return mine === theirs
      ? undefined
      : `it says version ${mine}, and version ${theirs} is live: nobody knows what lies between`;
  }
  if (note.environment !== environment)
    return `it was pulled from ${note.environment}, and not from ${environment}`;
  if (theirs > note.version)
    return `it was pulled from version ${note.version}, and version ${theirs} is live now`;
  if (theirs < note.version)
    return `it was pulled from version ${note.version}, and the older version ${theirs} is live now`;
  return fingerprint(live) === note.sha256
    ? undefined
    : `it was pulled from version ${note.version}, and another configuration of the same version is live now`;
}
