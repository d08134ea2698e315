import { expect, it } from "vitest";
import { ENVIRONMENT } from "../../../../../infra/environments/definition/schema.ts";
import { problemsOf } from "../../problems.ts";
import { SOUND } from "../../sound-environment.ts";

const FILE = { source: "file", path: "vendor.js", format: "es-module" };
const withQueueIt = (settings: object) => ({ ...SOUND, queueIt: { ...SOUND.queueIt, ...settings } });

it.each([
  [{ preflights: "queue" }, "queueIt.preflights"],
  [{ prefetches: "queue" }, "queueIt.prefetches"],
  [{ allowedOrigins: ["https://www.shop.dk"] }, "queueIt.allowedOrigins"],
])("%j needs the bundled Worker", (settings, place) => {
  expect(problemsOf(withQueueIt(settings))).toEqual([]);
  expect(problemsOf({ ...withQueueIt(settings), worker: FILE }, { "vendor.js": "" })).toEqual([
    `error staging ${place} cross-origin-unsupported`,
  ]);
});

it("what any Worker does by itself may be written down", () => {
  const standard = withQueueIt({ preflights: "pass", prefetches: "refuse", allowedOrigins: [] });
  expect(problemsOf({ ...standard, worker: FILE }, { "vendor.js": "" })).toEqual([]);
});

it("each allowed origin that is none is a problem of its own, and one that is not encrypted a warning", () => {
  const allowedOrigins = ["https://www.shop.dk", "https://www.shop.dk/", "*", "http://www.shop.dk"];
  expect(problemsOf(withQueueIt({ allowedOrigins }))).toEqual([
    "error staging queueIt.allowedOrigins[1] allowed-origin",
    "error staging queueIt.allowedOrigins[2] allowed-origin",
  ]);
  expect(
    problemsOf(withQueueIt({ allowedOrigins: ["http://localhost:3000", "http://www.shop.dk"] })),
  ).toEqual(["warning staging queueIt.allowedOrigins[1] allowed-origin-http"]);
});

it("more origins than fit into a variable are a problem", () => {
  const allowedOrigins = Array.from({ length: 300 }, (_, index) => `https://shop-${index}.example.dk`);
  expect(problemsOf(withQueueIt({ allowedOrigins }))).toEqual([
    "error staging queueIt.allowedOrigins allowed-origin",
  ]);
});

it("allowed origins have one spelling and one order", () => {
  const allowedOrigins = ["https://b.dk", "HTTPS://Bücher.dk", "https://b.dk:443", "https://a.dk"];
  expect(ENVIRONMENT.parse(withQueueIt({ allowedOrigins })).queueIt.allowedOrigins).toEqual([
    "https://a.dk",
    "https://b.dk",
    "https://xn--bcher-kva.dk",
  ]);
});
