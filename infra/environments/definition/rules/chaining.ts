import type { Draft } from "../draft.ts";
import { errorAt, type Finding } from "../problem.ts";
import { placedPatterns } from "./routes.ts";
import type { Rule } from "./rule.ts";

/**
 * Behind a connector there is the shop's Worker, and never a connector: one that calls itself never answers, and that of
 * another environment sends visitors to the other one's waiting rooms.
 */
export const chaining: Rule = (draft, { all }) => {
  const { worker } = draft;
  const then = worker?.source === "bundled" ? worker.then : undefined;
  const bypasses = placedPatterns(draft).flatMap(({ path, worker: named }) =>
    named === undefined ? [] : [{ path: `${path}.worker`, named }],
  );
  return [
    ...(then === undefined ? [] : behind("worker.then.service", then.service, draft, all, CHAINED)),
    ...bypasses.flatMap(({ path, named }) => behind(path, named, draft, all, BYPASSED)),
  ];
};

interface Words {
  readonly itself: string;
  readonly remedy: string;
}

const CHAINED: Words = {
  itself: "is the connector itself: no request would ever be answered",
  remedy: "name the Worker that answers the site's pages, or remove then",
};

const BYPASSED: Words = {
  itself: "is the connector itself: the pattern would be protected, not bypassed",
  remedy: "name the Worker that answers these pages, or move the pattern to protect",
};

function behind(
  path: string,
  named: string,
  draft: Draft,
  all: readonly Draft[],
  { itself, remedy }: Words,
): readonly Finding[] {
  if (named === draft.workerName) return [errorAt(path, "chained-to-itself", named, itself, remedy)];
  const other = all.find(
    ({ name, accountId, workerName }) =>
      name !== draft.name && workerName === named && accountId !== undefined && accountId === draft.accountId,
  );
  if (other === undefined) return [];
  const what = `is the connector of ${other.name}: visitors would queue in its waiting rooms`;
  return [errorAt(path, "chained-to-connector", named, what, remedy)];
}
