import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { logDoubts } from "../../../worker/publishing/doubt-log.ts";
import { actionOn, configurationOf, queueAction, type TestAction } from "../support/configurations.ts";
import { connectorWith } from "../support/connector.ts";
import { watchLog } from "../support/decided.ts";

let log: ReturnType<typeof watchLog>;
beforeEach(() => {
  log = watchLog();
});
afterEach(() => {
  vi.restoreAllMocks();
});

function doubts(matching: "as-configured" | "normalized", ...actions: TestAction[]): void {
  const configuration = configurationOf(...actions);
  logDoubts(configuration, connectorWith(configuration, { matching }).settings);
}
const misspelt = actionOn("/tickets", { ActionType: "Quue" });

it("says nothing of a configuration without doubts", () => {
  doubts("normalized", queueAction());
  expect(log.lines).toEqual([]);
});

it.each<[string, "as-configured" | "normalized", TestAction[]]>([
  ["unknown words: 2", "normalized", [misspelt, misspelt]],
  ["comparisons that another spelling of a URL misses: 1", "as-configured", [queueAction()]],
  [
    "unknown words: 1, comparisons that another spelling of a URL misses: 2",
    "as-configured",
    [misspelt, queueAction(), queueAction()],
  ],
])("counts them in one line, and leaves out a kind that there is none of: %s", (words, matching, actions) => {
  doubts(matching, ...actions);
  expect(log.lines).toEqual([
    {
      source: "queue-it connector",
      level: "warn",
      event: "configuration-taken",
      reason: "configuration-doubtful",
      count: 1,
      detail: `Version 5: ${words}. queueit-cf validate --configuration FILE explains them.`,
    },
  ]);
});
