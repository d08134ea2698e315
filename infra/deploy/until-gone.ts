import pRetry from "p-retry";
import type { Console } from "../console/console.ts";
import { asciiHostname } from "../cloudflare/hostname.ts";
import { settled } from "../environments/definition/settled.ts";
import { UserError } from "../errors/user-error.ts";
import type { Target } from "../specification/target.ts";
import { reasonOf } from "../verify/check.ts";
import { isFromWorker } from "../verify/from-worker.ts";
import type { Reach } from "../verify/reach.ts";
import { sampleRoutes } from "../verify/sample-urls.ts";

export interface UntilGoneOptions {
  readonly target: Target;
  readonly reach: Reach;
  readonly console: Pick<Console, "progress">;
  /**
   * Milliseconds until it is given up. Cloudflare spreads a deleted route in seconds.
   * @default 60000
   */
  readonly patienceMs?: number;
}

/**
 * Waits until no page of the sites goes to a connector any more, and says what could not be asked.
 *
 * @throws UserError that says which pages still do.
 */
export async function untilGone({
  target,
  reach,
  console,
  patienceMs = 60_000,
}: UntilGoneOptions): Promise<void> {
  const { environment } = target.spec;
  const pages = protectedPages(target);
  const waiting = (url: string) => {
    console.progress(`Waiting: a connector still answers ${url}`);
  };
  const answers = await Promise.all(pages.map((url) => untilPageGone(url, reach, patienceMs, waiting)));
  const reached = pages.filter((_url, index) => answers[index] === "connector");
  if (reached.length > 0) {
    throw new UserError(
      "not-gone",
      `Terraform's state has nothing of ${environment} any more, but a connector still answers ${reached.join(", ")}. ` +
        "Look among the Workers Routes of the zone in Cloudflare's dashboard for a route that leads there, made by hand or " +
        "by another state, and delete it if visitors are to reach the site at once.",
    );
  }
  const silent = pages.flatMap((url, index) => {
    const answer = answers[index];
    return typeof answer === "object" ? [`${url} (${answer.why})`] : [];
  });
  const asked = new Set(pages.map((url) => new URL(url).hostname));
  const unasked = settled(target.named)
    .sites.map(({ hostname }) => asciiHostname(hostname))
    .filter((hostname) => !asked.has(hostname));
  const open = [...silent, ...unasked.map((hostname) => `${hostname} (no page of it is known)`)];
  if (silent.length < pages.length) console.progress("The sites answer without the Worker.");
  if (open.length > 0) console.progress(`Not known whether the Worker is gone from ${open.join(", ")}.`);
}

type PageAnswer = "site" | "connector" | { readonly why: string };

async function untilPageGone(
  url: string,
  reach: Reach,
  patienceMs: number,
  onWait: (url: string) => void,
): Promise<PageAnswer> {
  let last: PageAnswer = "site";
  const ask = async (): Promise<void> => {
    try {
      last = isFromWorker(await reach.get(url)) ? "connector" : "site";
    } catch (error) {
      last = { why: reasonOf(error) };
    }
    if (last !== "site") throw new Error("not yet");
  };
  await pRetry(ask, {
    retries: 1000,
    minTimeout: 250,
    maxTimeout: 5000,
    factor: 2,
    maxRetryTime: patienceMs,
    shouldRetry: () => last === "connector",
    onFailedAttempt: ({ attemptNumber }) => {
      if (attemptNumber === 1 && last === "connector") onWait(url);
    },
  }).catch(() => undefined);
  return last;
}

/** A page of each protected route, and those that the environment promises to protect. */
function protectedPages({ named, spec }: Target): readonly string[] {
  const { sites, coverage } = settled(named);
  const samples = sampleRoutes(
    spec.routes,
    sites.map(({ hostname }) => hostname),
    coverage.protected,
  ).flatMap(({ kind, url }) => (kind === "protect" && url !== undefined ? [url] : []));
  return [...new Set([...coverage.protected, ...samples])];
}
