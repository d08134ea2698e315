import type { Answer } from "./reach.ts";
import { parsedUrl } from "../url/parsed-url.ts";

/** Where a redirect sends a visitor to wait. */
export interface WaitingRoomRedirect {
  readonly host: string;
  readonly customer: string;
  readonly waitingRoom: string;
  readonly hasEnqueueToken: boolean;
}

/**
 * The waiting room that an answer sends a visitor to; undefined where it does not. A redirect to Queue-it
 * names customer and waiting room in `c` and `e`; one that cancels a session, or tells of an error, has a
 * path that says so (SDK 5.0.1, UserInQueueService).
 */
export function waitingRoomRedirect({ location, headers }: Answer): WaitingRoomRedirect | undefined {
  const url = location === null ? undefined : parsedUrl(location);
  if (url === undefined || headers.get("x-queueit-connector") === null) return undefined;
  const { host, pathname, searchParams } = url;
  const [customer, waitingRoom] = [searchParams.get("c"), searchParams.get("e")];
  if (customer === null || waitingRoom === null || /\/(?:cancel|error)\//.test(pathname)) return undefined;
  return { host, customer, waitingRoom, hasEnqueueToken: searchParams.has("enqueuetoken") };
}
