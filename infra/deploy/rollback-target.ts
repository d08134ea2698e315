import type { BundleStore } from "../bundles/stored-bundles.ts";
import type { DeployedBundle } from "../bundles/deployed-bundle.ts";
import { UserError } from "../errors/user-error.ts";
import type { Target } from "../specification/target.ts";
import { withWorkerFile } from "../specification/target.ts";

export interface RollbackOptions {
  readonly target: Target;
  readonly store: BundleStore;
  /** SHA-256 of the bundle that runs; undefined where that is not known. */
  readonly running: string | undefined;
  /** Hash of the bundle to bring back, or its beginning; undefined for the one that ran before. */
  readonly to: string | undefined;
  /** Folder the bundle is written to. */
  readonly folder: string;
}

export interface Rollback {
  readonly target: Target;
  readonly bundle: DeployedBundle;
}

/**
 * The target with an earlier bundle of its own. It needs no promotion: that this environment ran the bundle says that
 * the one it is promoted from did.
 *
 * @throws UserError when the environment never ran such a bundle.
 */
export async function rollbackTarget(options: RollbackOptions): Promise<Rollback> {
  const { target, store, running, to, folder } = options;
  const { environment } = target.spec;
  const history = await store.history(environment);
  const bundle = to === undefined ? history.find(({ sha256 }) => sha256 !== running) : pick(history, to);
  if (bundle === undefined) throw notFound(options, history);
  const { spec, ...rest } = withWorkerFile(target, await store.take(bundle.sha256, folder));
  return { bundle, target: { ...rest, spec: { ...spec, promotedFrom: undefined } } };
}

/** Fewer characters of a hash may mean several bundles one day. */
const SHORTEST_HASH = 8;

function pick(history: readonly DeployedBundle[], to: string): DeployedBundle | undefined {
  const hash = to.toLowerCase();
  if (hash.length < SHORTEST_HASH) return undefined;
  const found = new Map(history.map((bundle) => [bundle.sha256, bundle]));
  const [first, ...others] = [...found.values()].filter(({ sha256 }) => sha256.startsWith(hash));
  return others.length === 0 ? first : undefined;
}

function notFound({ target, store, to }: RollbackOptions, history: readonly DeployedBundle[]): UserError {
  const { environment } = target.spec;
  const known = history.map(({ sha256, deployedAt }) => `${sha256.slice(0, 12)} (${deployedAt})`).join(", ");
  const wanted =
    to === undefined ? "an earlier bundle" : `one bundle whose hash begins with ${JSON.stringify(to)}`;
  return new UserError(
    "rollback-unknown",
    `${environment} has no record of ${wanted} in ${store.place}. ${known === "" ? "Nothing is recorded there" : `Recorded are: ${known}`}. ` +
      `Give --to at least ${SHORTEST_HASH} characters of one of them; to go back further, deploy from an earlier checkout.`,
  );
}
