import type { BundleStore } from "../bundles/stored-bundles.ts";
import type { DeployedBundle } from "../bundles/deployed-bundle.ts";
import { UserError } from "../errors/user-error.ts";
import { type Target, withWorkerFile } from "../specification/target.ts";

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
 * The target with an earlier bundle of its own. It needs no promotion: that this environment ran the bundle
 * says that the one it is promoted from did.
 *
 * @throws UserError when the environment never ran such a bundle, or nobody can tell which one is meant.
 */
export async function rollbackTarget(options: RollbackOptions): Promise<Rollback> {
  const { target, store, to, folder } = options;
  const { environment } = target.spec;
  const history = await store.history(environment);
  const bundle = to === undefined ? before(options, history) : pick(history, to);
  if (bundle === undefined) throw notFound(options, history);
  const { spec, ...rest } = withWorkerFile(target, await store.take(bundle.sha256, folder));
  return { bundle, target: { ...rest, spec: { ...spec, promotedFrom: undefined } } };
}

/**
 * The bundle that ran before the one that runs.
 *
 * @throws UserError where that is not what somebody means who wants to go back: nothing runs, or it is what
 *   was left.
 */
function before(
  { target, running }: RollbackOptions,
  history: readonly DeployedBundle[],
): DeployedBundle | undefined {
  const { environment } = target.spec;
  if (history.length > 0 && running === undefined) {
    throw new UserError(
      "rollback-not-deployed",
      `Nothing of ${environment} is deployed, so there is nothing to roll back: it was taken down, or its ` +
        `deploy failed before it had a Worker. Name the bundle to go back to, one of ${listOf(history)}, ` +
        `with --to, or deploy what is here: npx queueit-cf deploy ${environment}`,
    );
  }
  const index = history.findIndex(({ sha256 }) => sha256 !== running);
  const found = history[index];
  if (found === undefined || !history.slice(index + 1).some(({ sha256 }) => sha256 === running)) return found;
  throw new UserError(
    "rollback-back-and-forth",
    `${environment} was already rolled back from bundle ${short(found)} , and another rollback would ` +
      `deploy that one again. If that is what you want: npx queueit-cf rollback ${environment} --to ` +
      `${short(found)}. To go further back, name another one of ${listOf(history)} with --to`,
  );
}

function short({ sha256 }: DeployedBundle): string {
  return sha256.slice(0, 12);
}

function listOf(history: readonly DeployedBundle[]): string {
  return history.map((bundle) => `${short(bundle)} (${bundle.deployedAt})`).join(", ");
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
  const known = listOf(history);
  const wanted =
    to === undefined ? "an earlier bundle" : `one bundle whose hash begins with ${JSON.stringify(to)}`;
  return new UserError(
    "rollback-unknown",
    `${environment} has no record of ${wanted} in ${store.place}. ` +
      `${known === "" ? "Nothing is recorded there" : `Recorded are: ${known}`}. Give --to at least ` +
      `${SHORTEST_HASH} characters of one of them; to go back further, deploy from an earlier checkout.`,
  );
}
