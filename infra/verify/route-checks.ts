import { type Check, check, NotTried } from "./check.ts";
import { requireWorker } from "./from-worker.ts";
import { checkBypassed, type Expected } from "./page-checks.ts";
import type { Reach } from "./reach.ts";
import type { SampledRoute } from "./sample-urls.ts";

/** The Worker answers where a route protects, and nowhere else. */
export async function checkRoute(
  reach: Reach,
  { kind, pattern, url }: SampledRoute,
  expected: Expected,
): Promise<Check> {
  const name = kind === "protect" ? `the Worker answers at ${pattern}` : `${pattern} bypasses the Worker`;
  if (url === undefined) {
    return check({ name }, () => {
      throw new NotTried(
        "no address is known that this route gets: other routes win for every address tried, or no site has its host",
        `name a page of it in coverage.${kind === "protect" ? "protected" : "bypassed"} of infra/environments/` +
          `${expected.environment}.ts, or remove the route if it has no effect`,
      );
    });
  }
  if (kind === "bypass") return withName(name, await checkBypassed(url, reach, expected));
  const { hostname: host } = new URL(url);
  return check({ name, host, page: url }, async () => {
    const answer = await reach.get(url);
    requireWorker(answer, expected);
    return `${url} answered ${answer.status}`;
  });
}

function withName(name: string, { page = "", detail, ...checked }: Check): Check {
  return { ...checked, name, page, detail: `${page} ${detail}` };
}
