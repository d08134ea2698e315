import type { WorkerStatus } from "../../worker/status/status-protocol.ts";
import type { RouteSpec } from "../specification/specification.ts";
import { reasonOf } from "./check.ts";
import { askStatus } from "./deployed-status.ts";
import type { Answer, Reach } from "./reach.ts";
import { isProtected } from "../specification/takes-publish-calls.ts";
import { withParameter } from "./with-parameter.ts";

/** A page that the Worker has to see, what a new visitor gets there, and what the Worker says of itself. */
export interface AskedPage {
  readonly url: string;
  readonly hostname: string;
  /** What came back, or why nothing did. */
  readonly answer: Answer | string;
  /** Whether the page's route takes a query string, in which a queue token or a status call comes. */
  readonly takesQuery: boolean;
  /** What the Worker says of itself, or why it says nothing. */
  readonly status: WorkerStatus | string;
}

export interface PageQuestions {
  readonly reach: Reach;
  readonly secretKey: string;
  readonly routes: readonly RouteSpec[];
  /** Why the Worker cannot be asked for its status; undefined where it can. */
  readonly withoutStatus: string | undefined;
}

/** Asks a page as a new visitor does, and the Worker there for its status. */
export async function askPage(url: string, questions: PageQuestions): Promise<AskedPage> {
  const { reach, secretKey, routes, withoutStatus } = questions;
  const takesQuery = isProtected(routes, withParameter(url, "x"));
  const [answer, status] = await Promise.all([
    reach.get(url).catch(reasonOf),
    withoutStatus ?? (takesQuery ? askStatus(reach, url, secretKey).catch(reasonOf) : NO_QUERY),
  ]);
  return { url, hostname: new URL(url).hostname, answer, takesQuery, status };
}

const NO_QUERY = "the page's route does not match a query string, which a status call needs";
