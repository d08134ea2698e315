import { describe, expect, it } from "vitest";
import { problemsOf } from "../../problems.ts";
import { SOUND } from "../../sound-environment.ts";

describe("names for a Worker from elsewhere", () => {
  const renamed = (names: object) =>
    problemsOf(
      { ...SOUND, worker: { source: "file", path: "w.js", format: "es-module", names } },
      { "w.js": "" },
    );

  it.each<[string, object, string]>([
    ["rename only what exists", { QUEUEIT_CUSTOMER: "A" }, "QUEUEIT_CUSTOMER worker-names-unknown"],
    ["are names", { QUEUEIT_CUSTOMER_ID: "not a name" }, "QUEUEIT_CUSTOMER_ID worker-names-form"],
    [
      "are not those of others",
      { QUEUEIT_CUSTOMER_ID: "QUEUEIT_SECRET_KEY" },
      "QUEUEIT_CUSTOMER_ID worker-names-duplicate",
    ],
    [
      "are each used once",
      { QUEUEIT_CUSTOMER_ID: "A", QUEUEIT_API_KEY: "A" },
      "QUEUEIT_API_KEY worker-names-duplicate",
    ],
  ])("%s", (_name, names, expected) => {
    expect(renamed(names)).toEqual([`error staging worker.names.${expected}`]);
  });

  it("may swap two names", () => {
    expect(renamed({ QUEUEIT_API_KEY: "QUEUEIT_SECRET_KEY", QUEUEIT_SECRET_KEY: "QUEUEIT_API_KEY" })).toEqual(
      [],
    );
  });
});
