import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { RawAnswer } from "../../worker/support/raw-origin.ts";
import { MODES, outcome, SITE_WITH_SESSION, type FaultCase, type Given } from "./fault-case.ts";

const answer = (status: string, headers = "", body = "hi"): RawAnswer => ({
  bytes: `HTTP/1.1 ${status}\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`,
});
const PAGE = "the shop ".repeat(500);
const packed = (encoding: string, bytes: Buffer): Partial<Given> => ({
  site: answer("200 OK", `content-encoding: ${encoding}\r\n`, bytes.toString("latin1")),
  headers: ["accept-encoding: gzip, br, deflate, zstd"],
});
/** The two magic words of a zstd frame, and a raw block of two bytes. */
const ZSTD = Buffer.from("28b52ffd2002110000686 9".replaceAll(" ", ""), "hex");

const everyStatus = (from: number, to: number): RawAnswer[] =>
  Array.from({ length: to - from + 1 }, (_, index) => answer(`${from + index} Status`));

const chunked = (rest: string, headers = ""): RawAnswer => ({
  bytes: `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n${headers}\r\n${rest}`,
});

const CUT_OFF = outcome("the site's answer, cut off, and a session", 1);
const WHOLE = outcome(SITE_WITH_SESSION, 1);
const UNUSABLE = outcome(
  "502, The site's answer cannot be shown",
  1,
  "failed-origin: origin-answer-unusable",
);
const BROKEN_OFF = outcome("502, The site cannot be reached", 1, "upload-broken-off: visitor-or-origin");

const ANSWERS: readonly [string, Partial<Given>, FaultCase["expected"]][] = [
  ["answers each status from 100 to 199", { siteEach: everyStatus(100, 199) }, UNUSABLE],
  ["answers each status from 200 to 299", { siteEach: everyStatus(200, 299) }, WHOLE],
  ["answers each status from 300 to 399", { siteEach: everyStatus(300, 399) }, WHOLE],
  ["answers each status from 400 to 499", { siteEach: everyStatus(400, 499) }, WHOLE],
  ["answers each status from 500 to 599", { siteEach: everyStatus(500, 599) }, WHOLE],
  [
    "answers each status from 600 to 999",
    { siteEach: everyStatus(600, 999) },
    outcome("the site's answer", 1),
  ],
  [
    "gives early hints and then its answer",
    {
      site: {
        bytes: `HTTP/1.1 103 Early Hints\r\nlink: </a.css>; rel=preload\r\n\r\n${answer("200 OK").bytes ?? ""}`,
      },
    },
    UNUSABLE,
  ],
  ["is compressed with gzip", packed("gzip", gzipSync(PAGE)), WHOLE],
  ["is compressed with brotli", packed("br", brotliCompressSync(PAGE)), WHOLE],
  ["is compressed with deflate", packed("deflate", deflateSync(PAGE)), WHOLE],
  ["is compressed with zstd", packed("zstd", ZSTD), WHOLE],
  ["is compressed twice", packed("gzip, gzip", gzipSync(gzipSync(PAGE))), WHOLE],
  ["says gzip and is brotli", packed("gzip", brotliCompressSync(PAGE)), WHOLE],
  ["says zstd of what is none", packed("zstd", Buffer.from(PAGE)), WHOLE],
  ["breaks off in what is compressed", packed("gzip", gzipSync(PAGE).subarray(0, 30)), WHOLE],
  [
    "is compressed for a visitor who cannot read it",
    { ...packed("br", brotliCompressSync(PAGE)), headers: ["accept-encoding: identity"] },
    WHOLE,
  ],
  [
    "has trailers behind its chunks",
    { site: chunked("2\r\nhi\r\n0\r\nx-checksum: 1\r\n\r\n", "trailer: x-checksum\r\n") },
    WHOLE,
  ],
  ["has an extension in its chunks", { site: chunked("2;name=value\r\nhi\r\n0\r\n\r\n") }, WHOLE],
  [
    "has a length beside its chunks",
    { site: chunked("2\r\nhi\r\n0\r\n\r\n", "content-length: 99\r\n") },
    WHOLE,
  ],
  [
    "streams events, and breaks off between two",
    { site: chunked("9\r\ndata: 1\n\n\r\n", "content-type: text/event-stream\r\n") },
    WHOLE,
  ],
  [
    "streams a thousand events",
    {
      site: chunked(`${"9\r\ndata: 1\n\n\r\n".repeat(1000)}0\r\n\r\n`, "content-type: text/event-stream\r\n"),
    },
    WHOLE,
  ],
  [
    "sends 100 MB",
    {
      site: {
        bytes: `HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n${"x".repeat(1_000_000)}`,
        times: 100,
      },
    },
    WHOLE,
  ],
  [
    "sends 100 MB without saying so",
    { site: { bytes: `HTTP/1.1 200 OK\r\n\r\n${"x".repeat(1_000_000)}`, times: 100 } },
    WHOLE,
  ],
  [
    "announces 100 MB and sends one",
    { site: { bytes: `HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n${"x".repeat(1_000_000)}` } },
    CUT_OFF,
  ],
  [
    "answers parts to `Range`",
    {
      site: answer(
        "206 Partial",
        "content-type: multipart/byteranges; boundary=x\r\n",
        "--x\r\n\r\nh\r\n--x\r\n\r\ni\r\n--x--",
      ),
      headers: ["range: bytes=0-0,1-1"],
    },
    WHOLE,
  ],
  [
    "answers all to `Range`",
    { site: answer("200 OK", "accept-ranges: none\r\n"), headers: ["range: bytes=0-0"] },
    WHOLE,
  ],
  [
    "answers 206 to whom asked for all",
    { site: answer("206 Partial", "content-range: bytes 0-1/9\r\n") },
    WHOLE,
  ],
  ["answers 304 to whom has nothing", { site: { bytes: 'HTTP/1.1 304 Not\r\netag: "1"\r\n\r\n' } }, WHOLE],
  [
    "answers 412 to `If-Match`",
    { site: answer("412 Precondition Failed"), headers: ['if-match: "1"'] },
    WHOLE,
  ],
  [
    "answers HEAD with `Range`",
    {
      site: { bytes: "HTTP/1.1 206 Partial\r\ncontent-range: bytes 0-1/9\r\ncontent-length: 2\r\n\r\n" },
      method: "HEAD",
      headers: ["range: bytes=0-1"],
    },
    WHOLE,
  ],
  ["answers HEAD without a length", { site: { bytes: "HTTP/1.1 200 OK\r\n\r\n" }, method: "HEAD" }, WHOLE],
  [
    "answers HEAD with 404",
    { site: { bytes: "HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n" }, method: "HEAD" },
    WHOLE,
  ],
];

const upload = (length: number): Partial<Given> => ({
  method: "POST",
  body: "x".repeat(length),
  headers: [`content-length: ${length}`],
});

const UPLOADS: readonly [string, Partial<Given>, FaultCase["expected"]][] = [
  ["takes an upload of 100 MB", { ...upload(100_000_000), site: answer("201 Created") }, WHOLE],
  [
    "refuses an upload before it has it",
    { ...upload(5_000_000), site: { ...answer("413 Too Large"), early: true } },
    WHOLE,
  ],
  [
    "resets the connection in an upload",
    { ...upload(5_000_000), site: { then: "reset", early: true } },
    BROKEN_OFF,
  ],
  ["closes the connection in an upload", { ...upload(5_000_000), site: { early: true } }, BROKEN_OFF],
  [
    "answers 500 in an upload",
    { ...upload(5_000_000), site: { ...answer("500 Error"), early: true } },
    WHOLE,
  ],
  [
    "never learns the end of an upload that its visitor breaks off",
    { method: "POST", headers: ["content-length: 20000"], body: "x".repeat(10_000) },
    { ...BROKEN_OFF, siteAsked: 0 },
  ],
  [
    "takes an upload in chunks",
    { method: "POST", headers: ["transfer-encoding: chunked"], body: "3\r\nabc\r\n0\r\n\r\n" },
    WHOLE,
  ],
  ["takes an upload of nothing", { method: "POST", headers: ["content-length: 0"], body: "" }, WHOLE],
  [
    "takes an upload that waits to be asked for",
    { method: "POST", headers: ["content-length: 10", "expect: 100-continue"] },
    WHOLE,
  ],
];

export const TRAFFIC_CASES: readonly FaultCase[] = MODES.flatMap((mode) =>
  [...ANSWERS, ...UPLOADS].map(([fault, given, expected]): FaultCase => ({
    edge: "The site, byte by byte",
    fault,
    visitor: "with a session",
    mode,
    given,
    expected,
  })),
);
