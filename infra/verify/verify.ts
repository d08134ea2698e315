import type { CloudflareAccess } from "../account/read-api.ts";
import { storedConfiguration } from "../account/stored-configuration.ts";
import { uploadedWorker } from "../account/uploaded-worker.ts";
import { settled } from "../environments/definition/settled.ts";
import { readConfiguration } from "../plan/changes/configuration-diff.ts";
import { actionLookup } from "../plan/routing.ts";
import { configurationRemedy } from "../specification/configuration-remedy.ts";
import { chainedWorkerOf } from "../specification/named-workers.ts";
import type { Target } from "../specification/target.ts";
import { type AskedPage, askPage } from "./ask-pages.ts";
import { checkCaller, queueingPage } from "./caller-check.ts";
import { type Check, check, CheckFailed, NotTried, reasonOf } from "./check.ts";
import { checkChained } from "./chained-check.ts";
import { expectedStatus } from "./expected-status.ts";
import { checkSession, checkStatuses } from "./host-checks.ts";
import { inOrder } from "./in-order.ts";
import { checkBypassed, checkIgnored, checkProtected, type Expected } from "./page-checks.ts";
import { type Patience, patientReach } from "./patient-reach.ts";
import type { Reach } from "./reach.ts";
import { checkRoute } from "./route-checks.ts";
import { sampleRoutes } from "./sample-urls.ts";
import { checkSpelling, spellingAt } from "./spelling-check.ts";
import { checkStored, type Stored } from "./stored-check.ts";
import { hostOf } from "../specification/switches.ts";
import { checkSwitches, triedHosts } from "./switch-checks.ts";
import { checkZones } from "./zone-check.ts";

export interface VerifyOptions {
  readonly target: Target;
  readonly reach: Reach;
  readonly secretKey: string;
  /** SHA-256 of the bundle that has to run; undefined where Terraform's state does not say. */
  readonly bundle: string | undefined;
  /** The account's management API; a text says why it cannot be asked. */
  readonly account: CloudflareAccess | string;
  /**
   * What is going on, for somebody who waits.
   * @default nobody is told
   */
  readonly progress?: (line: string) => void;
  /** How patient to be with the sites. Default: twice again, after half a second and a second. */
  readonly patience?: Patience;
}

/** Requests to the sites that are under way at a time: the site of a shop should not notice. */
const AT_ONCE = 8;

/**
 * Tries a deployed environment with real requests: every route, every page of its coverage on every host,
 * every host's bundle, configuration and session, and what KV holds. Yields what came out, in this order. It
 * changes nothing.
 */
export async function* verify(options: VerifyOptions): AsyncGenerator<Check> {
  const { target, secretKey, bundle, progress } = options;
  const { spec, named } = target;
  const { sites, queueIt, worker, coverage } = settled(named);
  const reach = patientReach(options.reach, options.patience);
  const isOurs = worker.source === "bundled";
  const isTried = triedHosts(spec.switches);
  const allHostnames = [...new Set(sites.map(({ hostname }) => hostname))];
  const hostnames = allHostnames.filter((hostname) => isTried(hostname));
  const tried = (urls: readonly string[]) => hrefs(urls).filter((url) => isTried(new URL(url).hostname));
  const promised = { protected: tried(coverage.protected), ignored: tried(coverage.ignored) };
  const bypassed = tried(coverage.bypassed);
  const samples = sampleRoutes(spec.routes, allHostnames, [
    ...Object.values(promised).flat(),
    ...bypassed,
  ]).filter(({ pattern }) => isTried(hostOf(pattern)));
  const pages = [
    ...promised.protected,
    ...promised.ignored,
    ...samples.flatMap(({ kind, url }) => (kind === "protect" && url !== undefined ? [url] : [])),
  ];
  yield* checkSwitches(spec);
  progress?.(`Asking ${count(new Set([...pages, ...bypassed]).size, "page")} of ${hostnames.join(", ")}.`);

  const stored = await askAccount(options);
  const matching = isOurs ? queueIt.matching : "as-configured";
  const storedAction = actionLookup(
    stored.kind === "held" ? withoutHeaders(stored.text) : undefined,
    matching,
  );
  const remedy = configurationRemedy(spec);
  const chained = chainedWorkerOf(spec.worker);
  const expected: Expected = {
    environment: spec.environment,
    chained,
    customerId: queueIt.customerId,
    enqueueToken: isOurs ? queueIt.enqueueToken !== undefined : undefined,
    remedy,
    storedAction,
  };

  yield* inOrder(samples, AT_ONCE, (route) => checkRoute(reach, route, expected));

  const withoutStatus = isOurs ? undefined : "this environment's Worker file does not answer status calls";
  const asked: AskedPage[] = [];
  const questions = { reach, secretKey, routes: spec.routes, withoutStatus };
  for await (const page of inOrder([...new Set(pages)], AT_ONCE, (url) => askPage(url, questions))) {
    asked.push(page);
    if (promised.protected.includes(page.url)) yield await checkProtected(page, expected);
    else if (promised.ignored.includes(page.url)) yield await checkIgnored(page, expected);
  }
  yield* inOrder(bypassed, AT_ONCE, (url) => checkBypassed(url, reach, expected));

  const wanted = expectedStatus(target, bundle, secretKey);
  for (const host of hostnames) {
    if (isOurs) yield await checkStatuses(host, asked, wanted, expected);
    yield await checkSession(host, asked, expected, { reach, secretKey });
    if (matching === "normalized") {
      const spelling = spellingAt(host, asked, spec.routes);
      if (spelling !== undefined) yield await checkSpelling(spelling, expected, reach);
    }
    const queueing = isOurs ? queueingPage(host, asked) : undefined;
    if (queueing !== undefined) {
      yield* inOrder(queueIt.allowedOrigins, AT_ONCE, (origin) =>
        checkCaller(queueing, origin, expected, reach),
      );
    }
  }
  if (!isOurs) yield await checkUploaded(options);
  if (chained !== undefined) yield await checkChained(spec, chained, options.account);
  yield await checkZones(spec, options.account);
  yield await checkStored({
    spec,
    stored,
    asked,
    storedAction,
    secretKey,
    matching,
    countsUses: !isOurs || queueIt.verifyAction !== undefined,
    ttlSeconds: queueIt.configurationTtlSeconds,
    remedy,
  });
}

const OF_HEADERS: readonly unknown[] = ["HttpHeaderValidator", "UserAgentValidator"];

/**
 * The text of a configuration whose actions can be told from here; undefined where headers decide: Cloudflare
 * adds some, and which is not known.
 */
function withoutHeaders(text: string): string | undefined {
  const { actions = [] } = readConfiguration(text) ?? {};
  const parts = actions.flatMap(({ action }) =>
    action.Triggers.flatMap(({ TriggerParts: ofTrigger }) => ofTrigger),
  );
  return parts.some(({ ValidatorType: type }) => OF_HEADERS.includes(type)) ? undefined : text;
}

/** As browsers write them, so that each page is there once. */
function hrefs(urls: readonly string[]): readonly string[] {
  return [...new Set(urls.map((url) => new URL(url).href))];
}

async function askAccount({ target, account }: VerifyOptions): Promise<Stored> {
  if (typeof account === "string") return { kind: "unknown", why: account };
  try {
    return await storedConfiguration(target.spec, account);
  } catch (error) {
    return { kind: "unknown", why: reasonOf(error) };
  }
}

/** A Worker from elsewhere does not say what it is, so the account is asked. */
function checkUploaded({ target, account, bundle }: VerifyOptions): Promise<Check> {
  const { spec } = target;
  return check({ name: `bundle of the Worker ${spec.worker.name}` }, async () => {
    if (bundle === undefined) {
      throw new NotTried(
        "Terraform's state does not say which bundle is deployed, so there is nothing to compare with",
        `deploy it first: npx queueit-cf deploy ${spec.environment}`,
      );
    }
    if (typeof account === "string") throw new NotTried(account, "set it, then verify again");
    const files = await uploadedWorker(spec, account).catch((error: unknown) => {
      throw new NotTried(reasonOf(error), "fix that, then verify again");
    });
    if (files?.includes(bundle) === true) return `the account has the bundle ${bundle.slice(0, 12)}`;
    throw new CheckFailed(
      files === undefined ? "the account has no such Worker" : `the account has another one than ${bundle}`,
      `deploy it, or find out who uploaded the other one: npx queueit-cf deploy ${spec.environment}`,
    );
  });
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
