import { QueueParameterHelper } from "@queue-it/connector-javascript/dist/queueitHelpers.js";
import {
  CookieValidationResult,
  QueueItAcceptedCookie,
} from "@queue-it/connector-javascript/dist/userInQueueStateCookieRepository.js";
import type { Action } from "../../../worker/configuration/integration-configuration.ts";
import { SdkContext } from "../../../worker/validation/sdk-context.ts";
import * as sdk from "../../../worker/validation/sdk.ts";
import { presentCookie } from "../../../worker/validation/session-cookie.ts";
import type { Visit } from "../../../worker/visitor/visit.ts";
import type { Explainer } from "./explainer.ts";

/** A session cookie, or a queue token, as the Worker and the SDK see it. */
export interface CredentialStep {
  readonly kind: "session" | "token";
  readonly waitingRoom: string;
  /** `none`: the request has none. `not-checked`: nobody said the secret key. */
  readonly state: "valid" | "refused" | "none" | "not-checked";
  readonly words: string;
}

const { UserInQueueStateCookieRepository } = sdk;

/** The session cookies that count for an action, room by room. */
export function sessionSteps(action: Action, visit: Visit, explainer: Explainer): readonly CredentialStep[] {
  const rooms = [action.EventId ?? "", ...(action.InvolvedWaitingRoomIds ?? [])].filter(
    (room) => room !== "",
  );
  return [...new Set(rooms)].map((waitingRoom) => ({
    kind: "session",
    waitingRoom,
    ...sessionOf(waitingRoom, action, visit, explainer),
  }));
}

type Judged = Pick<CredentialStep, "state" | "words">;

function sessionOf(
  waitingRoom: string,
  action: Action,
  visit: Visit,
  { connector, knowsKey }: Explainer,
): Judged {
  const name = UserInQueueStateCookieRepository.getCookieKey(waitingRoom);
  const sent = visit.cookie(name);
  if (sent === undefined || sent === "")
    return { state: "none", words: `no session cookie of ${waitingRoom}` };
  const issued = issuedWords(sent);
  const presented = presentCookie(name, sent, connector.sign);
  if (presented === undefined)
    return {
      state: "refused",
      words: `it was issued in the future${issued}: the clock of the machine that did is ahead`,
    };
  if (!knowsKey) return { state: "not-checked", words: `not checked without the secret key${issued}` };
  if (presented !== sent) {
    return {
      state: "refused",
      words: "it does not have the form that the SDK writes, is of another waiting room, or was changed",
    };
  }
  const context = new SdkContext(visit, connector);
  const { cookieValidationResult: result } = new UserInQueueStateCookieRepository(context).getState(
    [waitingRoom],
    action.CookieValidityMinute ?? 0,
    connector.settings.secretKey,
    true,
    "Queue",
  );
  return {
    state: result === CookieValidationResult.Valid ? "valid" : "refused",
    words: `${RESULTS[result]}${issued}`,
  };
}

const RESULTS: Readonly<Record<CookieValidationResult, string>> = {
  [CookieValidationResult.NotFound]: "the SDK does not find it",
  [CookieValidationResult.Expired]: "it is over",
  [CookieValidationResult.WaitingRoomMismatch]: "it is of another waiting room",
  [CookieValidationResult.HashMismatch]:
    "its signature is wrong: it was changed, or signed with another secret key",
  [CookieValidationResult.Error]: "the SDK cannot read it",
  [CookieValidationResult.Valid]: "valid",
  [CookieValidationResult.IpBindingMismatch]: "it is bound to another address than this visitor's",
};

function issuedWords(value: string): string {
  const { issueTimeString, fixedCookieValidityMinutes: fixed } =
    QueueItAcceptedCookie.fromCookieHeader(value);
  if (!/^\d{10}$/.test(issueTimeString)) return "";
  const validity = /^\d{1,5}$/.test(fixed) ? `, valid for ${fixed} min` : "";
  return ` (issued ${agoWords(Number(issueTimeString))}${validity})`;
}

/** A moment in seconds since 1970, as seen from now. */
function agoWords(seconds: number): string {
  const elapsed = Math.round(Date.now() / 1000 - seconds);
  const amount = Math.abs(elapsed);
  const words =
    amount < 120
      ? `${amount} s`
      : amount < 7200
        ? `${Math.round(amount / 60)} min`
        : amount < 172_800
          ? `${Math.round(amount / 3600)} h`
          : `${Math.round(amount / 86_400)} days`;
  return elapsed < 0 ? `in ${words}` : `${words} ago`;
}

/** What the error page of the SDK is called by, and what it means. */
const ERRORS: Readonly<Record<string, string>> = {
  hash: "its signature is wrong: it was changed, or signed with another secret key",
  eventid: "it is of another waiting room",
  timestamp: "it has expired",
  ip: "it is bound to another address than this visitor's",
  qidlimit: "its queue id was used too often",
};

/**
 * A queue token.
 *
 * @param redirectUrl Where the Worker sends the visitor; undefined where nowhere.
 */
export function tokenStep(
  queueToken: string,
  redirectUrl: string | undefined,
  { knowsKey }: Explainer,
): CredentialStep {
  // The SDK's types say that it finds every field.
  const params = QueueParameterHelper.extractQueueParams(queueToken) as Partial<{
    eventId: string;
    timeStamp: number;
  }> | null;
  const waitingRoom = params?.eventId ?? "";
  const time = params?.timeStamp;
  const until =
    typeof time === "number" && time > 0
      ? ` (its time ${time * 1000 < Date.now() ? "was over" : "is over"} ${agoWords(time)})`
      : "";
  const step = (state: CredentialStep["state"], words: string): CredentialStep => ({
    kind: "token",
    waitingRoom,
    state,
    words: words + until,
  });
  if (!knowsKey) return step("not-checked", "not checked without the secret key");
  const error = /\/error\/([^/?]+)\//.exec(redirectUrl ?? "")?.[1];
  if (error !== undefined) return step("refused", ERRORS[error] ?? `the SDK refuses it (${error})`);
  return redirectUrl === undefined
    ? step("valid", "accepted")
    : step("refused", "the SDK does not accept it");
}
