import type { MatchedAction } from "../isolate/compiled.ts";
import type * as SdkModule from "./sdk.ts";
import type { Visit } from "../visitor/visit.ts";

/** The parts of the SDK that are loaded for the first protected page. */
export type Sdk = typeof SdkModule;

/** What the SDK decided about one request. */
export interface Verdict {
  /** Address at Queue-it to send the visitor to; undefined lets the visitor pass. */
  readonly redirectUrl: string | undefined;
  readonly isAjax: boolean;
  /** Whether the action that let the visitor pass is a queue action. */
  readonly isQueueAction: boolean;
  /** Whether an endpoint that was to be asked failed, and the visitor passes all the same. */
  readonly failedOpen: boolean;
  /** Values for `Set-Cookie` headers. */
  readonly cookies: readonly string[];
}

/** A request and what the SDK is asked about it. */
export interface Question {
  readonly visit: Visit;
  /** Decoded queue token, or the empty string. */
  readonly queueToken: string;
  /** The action that matched; without one only a diagnostics token has an effect. */
  readonly matched: MatchedAction | undefined;
  /** A configuration without actions, used when none matched. */
  readonly emptySdkConfiguration: string;
}
