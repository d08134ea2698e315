import { format, resolveConfig } from "prettier";
import { keptKillsSection } from "../kills/reliability-section.ts";
import type { FaultCase } from "./fault-case.ts";

export const RELIABILITY_PAGE = "docs/reliability.md";

/** The page of a run: one row for each case, in the order of its edges, whatever order the run had. */
export async function reliabilityPage(cases: readonly FaultCase[]): Promise<string> {
  const edges = [...new Set(cases.map(({ edge }) => edge))].sort();
  const sections = edges.map((edge) => {
    const rows = cases
      .filter((one) => one.edge === edge)
      .map(rowOf)
      .sort();
    return [`## ${edge}`, "", "<!-- prettier-ignore -->", ...HEAD, ...rows, ""].join("\n");
  });
  const counts = edges.map((edge) => `- ${edge}: ${cases.filter((one) => one.edge === edge).length}`);
  const others = keptKillsSection(RELIABILITY_PAGE);
  const text = [...INTRODUCTION(cases.length), "Cases:", "", ...counts, "", ...sections, others].join("\n");
  return format(text, { ...(await resolveConfig(RELIABILITY_PAGE)), parser: "markdown" });
}

const INTRODUCTION = (count: number): string[] => [
  "# What happens when something breaks",
  "",
  `Written by \`npm run test:long\`: ${count} cases of something broken, each brought about in the real Worker runtime, in an isolate of its own, with what came of it. \`npm test\` fails when this page does not have exactly the cases of \`test/long/faults/\`.`,
  "",
  "Every case is asked for twice, or once for each status where it names several. **Site asked** is for one request; the log has each of its lines once, however many requests there were, and counts them (`docs/worker-log.md` says what to do about each). *Mode* is the environment's `failure`. Visitors ask for a protected page unless it says otherwise.",
  "",
];

const HEAD = [
  "| Fault | Visitor | Mode | Visitor gets | Site asked | Log |",
  "| --- | --- | --- | --- | --- | --- |",
];

function rowOf({ fault, visitor, mode, expected }: FaultCase): string {
  const log = expected.log.length === 0 ? "–" : expected.log.map((line) => `\`${line}\``).join(", ");
  const cells = [fault, visitor, mode, expected.visitorGets, String(expected.siteAsked), log];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
