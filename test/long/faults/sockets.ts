import { PROOF, type RawAnswer } from "../../worker/support/raw-origin.ts";
import { closing, frame, OPENED } from "../../worker/support/raw-web-socket.ts";
import {
  MODES,
  outcome,
  SITE_WITH_SESSION,
  WAITS,
  type FaultCase,
  type Given,
  type Visitor,
} from "./fault-case.ts";

const opened = (frames: string): RawAnswer => ({ bytes: OPENED + frames });
const HI = frame(1, "hi");
const SESSION = ", and a session";
const UNREACHABLE = outcome("502, The site cannot be reached", 1, "failed-origin: origin-unreachable");

/** What the site does, and what its visitor with a session gets. */
const SITES: readonly [string, RawAnswer, FaultCase["expected"]][] = [
  ["closes with 1000", opened(HI + closing(1000)), gets('says "hi", closes with 1000')],
  ["closes with 1001", opened(HI + closing(1001)), gets('says "hi", closes with 1001')],
  ["closes with 1011", opened(closing(1011)), gets("closes with 1011")],
  ["closes with 4001, a code of its own", opened(closing(4001)), gets("closes with 4001")],
  ["closes without a code", opened(frame(8, "")), gets("closes with 1005")],
  ["breaks off without closing", opened(HI), gets('says "hi", breaks off')],
  [
    "breaks off in a message",
    opened(HI + frame(1, "x".repeat(100)).slice(0, 50)),
    gets('says "hi", breaks off'),
  ],
  ["resets the connection", { ...opened(HI), then: "reset" }, gets('says "hi", breaks off')],
  [
    "sends a message of a megabyte",
    opened(frame(2, "x".repeat(1_000_000)) + closing(1000)),
    gets("says 1000000 bytes, closes with 1000"),
  ],
  [
    "sends a message of 5 MB",
    opened(frame(2, "x".repeat(5_000_000)) + closing(1000)),
    gets("says 5000000 bytes, closes with 1000"),
  ],
  ["sends a message of no length", opened(frame(1, "") + closing(1000)), gets('says "", closes with 1000')],
  ["sends a frame that no protocol has", opened(frame(5, "hi")), gets("breaks off")],
  [
    "sends a text that is not UTF-8",
    opened(frame(1, "\xff") + closing(1000)),
    gets('says "\xff", closes with 1000'),
  ],
  ["opens with a wrong proof", { bytes: OPENED.replace(PROOF, "c3RvbGVu") }, UNREACHABLE],
  ["opens without a proof", { bytes: OPENED.replace(/sec-websocket-accept[^\r]*\r\n/, "") }, UNREACHABLE],
  ["closes without an answer", {}, UNREACHABLE],
  ["breaks off in its headers", { bytes: OPENED.slice(0, 40) }, UNREACHABLE],
  ...[
    "200 OK",
    "400 Bad Request",
    "403 Forbidden",
    "404 Not Found",
    "426 Upgrade Required",
    "500 Error",
    "503 Unavailable",
  ].map((status): [string, RawAnswer, FaultCase["expected"]] => [
    `answers ${status}`,
    { bytes: `HTTP/1.1 ${status}\r\ncontent-length: 2\r\n\r\nhi` },
    outcome(SITE_WITH_SESSION, 1),
  ]),
];

function gets(words: string): FaultCase["expected"] {
  return outcome(`a WebSocket that ${words}${SESSION}`, 1);
}

function socketCase(
  fault: string,
  visitor: Visitor,
  mode: FaultCase["mode"],
  given: Given,
  expected: FaultCase["expected"],
): FaultCase {
  return { edge: "A WebSocket", fault, visitor, mode, given: { socket: true, ...given }, expected };
}

const GOOD = opened(HI + closing(1000));
const WITHOUT_SESSION = 'a WebSocket that says "hi", closes with 1000';

export const SOCKET_CASES: readonly FaultCase[] = MODES.flatMap((mode) => [
  ...SITES.map(([fault, site, expected]) =>
    socketCase(`whose site ${fault}`, "with a session", mode, { site }, expected),
  ),
  socketCase("without a session", "new", mode, { site: GOOD }, outcome(WAITS, 0)),
  socketCase(
    "with a token in its address, which no redirect can take out",
    "with a token",
    mode,
    { site: GOOD },
    gets('says "hi", closes with 1000'),
  ),
  socketCase(
    "with a forged token",
    "with a forged token",
    mode,
    { site: GOOD },
    outcome("Queue-it's error page", 0),
  ),
  socketCase(
    "on a page that nothing protects",
    "on another page",
    mode,
    { site: GOOD },
    outcome(WITHOUT_SESSION, 1),
  ),
  socketCase(
    "while the connector cannot work",
    "new",
    mode,
    { site: GOOD, kv: { fault: "throws" } },
    mode === "open"
      ? outcome(
          'a WebSocket that says "hi", closes with 1000, unqueued (`x-queueit-failed`)',
          1,
          "failed-open: configuration-unreadable",
        )
      : outcome("503, come back in 30 s", 0, "failed-closed: configuration-unreadable"),
  ),
]);
