import { HOOKS_VARIABLE } from "../../../worker/deployment/variables.ts";
import { readHooksText } from "../../specification/hooks-text.ts";
import type { Deployment } from "../deployment.ts";
import { sentence } from "../sentence.ts";
import { shown } from "../value.ts";
import type { Risk, RiskRule } from "./risk.ts";

const WHILE_MEANT =
  "Read the change of that file before it is deployed, and try it with: npx queueit-cf preview";

/** Hooks of the site's own come, change or go; above all those that may leave requests alone. */
export const hooksChanged: RiskRule = ({ before, after }) =>
  after.workers.flatMap(({ name }): readonly Risk[] => {
    const [was, is] = [hooksOf(before, name), hooksOf(after, name)];
    if (was === is) return [];
    const [earlier, later] = [readHooksText(was), readHooksText(is)];
    const file = later ?? earlier;
    const title = sentence`${file === undefined ? HOOKS_VARIABLE : file.path} (${file?.hash ?? "not known"})`;
    if (is === undefined) {
      return [
        {
          rule: "hooks-changed",
          level: "low",
          title: ["Hooks are removed: ", ...title],
          explanation: "Requests that they left alone or answered are matched, and queue, like all others.",
          remedy: "Make sure that nothing counts on them: health checks, search engines, partners, apps.",
        },
      ];
    }
    if (later !== undefined && !later.names.includes("beforeMatching")) {
      return [
        {
          rule: "hooks-changed",
          level: "low",
          title: [earlier === undefined ? "New hooks: " : "Hooks are changed: ", ...title],
          explanation: `They define ${later.names.join(" and ")}, which let nobody past the queue.`,
          remedy: WHILE_MEANT,
        },
      ];
    }
    return [
      {
        rule: "hooks-changed",
        level: "medium",
        title: ["Requests may be left alone by your hook: ", ...title],
        explanation:
          "Its beforeMatching decides which requests go to the site without the queue, and answers others " +
          "itself. What it takes for a search engine or a partner is past the queue, right or wrong.",
        remedy: WHILE_MEANT,
      },
    ];
  });

function hooksOf({ workers }: Deployment, name: string): string | undefined {
  const binding = workers.find((worker) => worker.name === name)?.bindings.get(HOOKS_VARIABLE);
  return binding && shown(binding["text"]);
}
