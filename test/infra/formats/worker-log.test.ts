import { afterEach, expect, it, vi } from "vitest";
import { forgetWritten, logError, logFact, logWarning } from "../../../worker/runtime/log.ts";
import { faultsIn } from "./validator.ts";

afterEach(() => {
  vi.restoreAllMocks();
  forgetWritten();
});

it("each line of the Worker's log has the form that is promised to programs", () => {
  const lines: unknown[] = [];
  for (const write of ["error", "warn", "log"] as const)
    vi.spyOn(console, write).mockImplementation((line) => lines.push(JSON.parse(String(line))));
  logError({ event: "failed-open", reason: "configuration-missing" });
  logWarning({ event: "publish-refused", reason: "hash-invalid", detail: "x".repeat(1000) });
  logFact({ event: "hook-fact", reason: "seen" });
  expect(lines).toHaveLength(3);
  expect(lines.flatMap((line) => faultsIn("queueit-cf/worker-log/1", line))).toEqual([]);
});
