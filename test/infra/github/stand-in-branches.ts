import type { Hono } from "hono";
import type { StandInState } from "./stand-in.ts";

const refused = (status: number, message: string) => Response.json({ message }, { status });

/** The calls about the labels of a repository and of a pull request. */
export function labelRoutes(app: Hono, repository: string, state: StandInState): void {
  const pullRequest = (number: string) => state.pullRequests.find((each) => each.number === Number(number));

  app.get(`${repository}/issues/:number/labels`, (c) =>
    c.json(pullRequest(c.req.param("number") ?? "")?.labels ?? []),
  );
  app.post(`${repository}/labels`, async (c) => {
    if (state.forbidden.has("label")) return refused(403, "Resource not accessible by integration");
    const { name } = await c.req.json<{ name: string }>();
    if (state.labels.has(name) || name.length > 50) return refused(422, "Validation Failed");
    state.labels.add(name);
    return c.json({ name }, 201);
  });
  app.post(`${repository}/issues/:number/labels`, async (c) => {
    if (state.forbidden.has("label")) return refused(403, "Resource not accessible by integration");
    const { labels } = await c.req.json<{ labels: string[] }>();
    const found = pullRequest(c.req.param("number") ?? "");
    found?.labels.push(...labels.map((name) => ({ name })));
    return c.json(found?.labels ?? []);
  });
}

/** The calls about commits and the branches of a merge queue. */
export function branchRoutes(app: Hono, repository: string, state: StandInState): void {
  app.get(`${repository}/compare/:basehead`, (c) => {
    const [base = "", head = ""] = (c.req.param("basehead") ?? "").split("...");
    const known = contained(state, base);
    const commits = [...contained(state, head)].filter((sha) => !known.has(sha)).reverse();
    if (!state.parents.has(head) || (/^[0-9a-f]{40}$/.test(base) && !state.parents.has(base)))
      return refused(404, "Not Found");
    return c.json({
      commits: commits.map((sha) => ({
        sha,
        parents: (state.parents.get(sha) ?? []).map((parent) => ({ sha: parent })),
      })),
    });
  });
  app.get(`${repository}/git/matching-refs/:prefix{.+}`, (c) => {
    const prefix = `refs/${c.req.param("prefix") ?? ""}`;
    const refs = [...state.queue].filter(([ref]) => ref.startsWith(prefix));
    return c.json(refs.map(([ref, sha]) => ({ ref, object: { sha, type: "commit" } })));
  });
}

/** A commit with everything below it, the newest first. A branch contains what the map says that it is at. */
function contained({ parents }: StandInState, of: string): ReadonlySet<string> {
  const all = new Set<string>();
  const queue = [of];
  for (let sha = queue.shift(); sha !== undefined; sha = queue.shift()) {
    if (all.has(sha)) continue;
    all.add(sha);
    queue.push(...(parents.get(sha) ?? []));
  }
  return all;
}
