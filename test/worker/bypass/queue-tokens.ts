import { QUEUE_ID, sessionValue } from "../support/session-cookie.ts";
import { hmac, queueToken } from "../support/tokens.ts";
import {
  AGAIN,
  AND_SESSION,
  SITE,
  WAITS,
  heldBy,
  honest,
  queueIt,
  row,
  type BypassCase,
  OTHER_KEY,
  PAGE,
  SIGNED,
} from "./bypass-case.ts";

const NOW = Math.floor(Date.now() / 1000);
const refusedAs = (code: string): string => `${WAITS}, behind Queue-it's \`/error/${code}/\``;

const TOKEN = "Queue token";
const WITHOUT_TYPE = `e_event1~q_${QUEUE_ID}~ts_${NOW + 3600}~ce_true`;
const withToken = (token: string): string => `${PAGE}?queueittoken=${token}`;
const DIAGNOSTICS = `${WAITS}, behind Queue-it's \`/testcustomer/diagnostics/connector/error/\``;

export const TOKEN_CASES: readonly BypassCase[] = [
  row(TOKEN, "a token", withToken(queueToken()), AGAIN + AND_SESSION, honest("it has waited")),
  row(TOKEN, "a token in a header", PAGE, SITE + AND_SESSION, honest("it has waited"), {
    headers: [`x-queueittoken: ${queueToken()}`],
  }),
  row(TOKEN, "signed with another key", withToken(queueToken({}, OTHER_KEY)), refusedAs("hash"), SIGNED),
  row(TOKEN, "without signature", withToken(queueToken().replace(/~h_.*/, "")), refusedAs("hash"), SIGNED),
  row(
    TOKEN,
    "with a field changed",
    withToken(queueToken().replace("ce_true", "ce_false")),
    refusedAs("hash"),
    SIGNED,
  ),
  row(TOKEN, "with a field added", withToken(`${queueToken()}~ts_9999999999`), refusedAs("hash"), SIGNED),
  row(
    TOKEN,
    "with a field twice",
    withToken(queueToken().replace("~h_", "~e_event1~h_")),
    refusedAs("hash"),
    SIGNED,
  ),
  row(
    TOKEN,
    "over",
    withToken(queueToken({ expires: NOW - 60 })),
    refusedAs("timestamp"),
    heldBy("The SDK checks the time, which is signed"),
  ),
  row(
    TOKEN,
    "of another waiting room",
    withToken(queueToken({ room: "event2" })),
    refusedAs("eventid"),
    heldBy("The room is signed"),
  ),
  row(
    TOKEN,
    "of this room, on a page of another one",
    `GET /sale?queueittoken=${queueToken()}`,
    refusedAs("eventid"),
    heldBy("The room is signed"),
  ),
  row(
    TOKEN,
    "bound to another address",
    withToken(queueToken({ ip: "192.0.2.1" })),
    refusedAs("ip"),
    heldBy("The SDK compares the addresses"),
    { headers: ["cf-connecting-ip: 203.0.113.9"] },
  ),
  row(
    TOKEN,
    "with the signature of a session",
    withToken(queueToken().replace(/h_\w+$/, `h_${sessionValue().slice(-64)}`)),
    refusedAs("hash"),
    heldBy("No two kinds of text that are signed can be the same"),
  ),
  row(
    TOKEN,
    "a bad one, then a good one",
    `${withToken(queueToken({}, OTHER_KEY))}&queueittoken=${queueToken()}`,
    refusedAs("hash"),
    heldBy("The first one that is not empty counts"),
  ),
  row(
    TOKEN,
    "an empty one, then a good one",
    `${withToken("")}&QueueITToken=${queueToken()}`,
    AGAIN + AND_SESSION,
    honest("it has waited"),
  ),
  row(TOKEN, "an empty one", withToken(""), WAITS, heldBy("It is not a token")),
  row(
    TOKEN,
    "3,000 characters",
    withToken("e_event1~".repeat(334)),
    WAITS,
    heldBy("No real one is as long; it is not looked at"),
  ),
  row(
    TOKEN,
    "a name that is percent-encoded",
    `${PAGE}?%71ueueittoken=${queueToken()}`,
    WAITS,
    heldBy("It is another parameter"),
  ),
  row(
    TOKEN,
    "in a fragment",
    `${PAGE}#?queueittoken=${queueToken()}`,
    WAITS,
    heldBy("A fragment has no parameters"),
  ),
  row(
    TOKEN,
    "percent-encoded twice",
    withToken(encodeURIComponent(encodeURIComponent(queueToken()))),
    AGAIN + AND_SESSION,
    honest("a token has nothing to encode but in letters that stay as they are"),
  ),
  row(
    TOKEN,
    "signed, without redirect type, which makes the SDK throw",
    withToken(`${WITHOUT_TYPE}~h_${hmac(WITHOUT_TYPE)}`),
    WAITS,
    heldBy(
      "A token that breaks the SDK is not a token (`docs/decisions/2026-11-23-tokens-that-break-the-sdk.md`)",
    ),
  ),
  row(
    TOKEN,
    "for diagnostics, signed with another key",
    `GET /about?queueittoken=${queueToken({ redirectType: "debug" }, OTHER_KEY)}`,
    DIAGNOSTICS,
    SIGNED,
  ),
  row(
    TOKEN,
    "of somebody else, in time",
    withToken(queueToken()),
    AGAIN + AND_SESSION,
    queueIt(
      "A token belongs to whoever has it until it is over. Keep its validity short in Queue-it's GO platform, bind it to the address, or limit its uses.",
    ),
    { headers: ["user-agent: another browser"] },
  ),
  row(
    TOKEN,
    "with a form, which would be lost by a redirect",
    `POST /tickets?queueittoken=${queueToken()}`,
    SITE + AND_SESSION,
    honest("it has waited"),
    { body: "seat=4" },
  ),
];
