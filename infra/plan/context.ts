import type { ZoneRoute } from "../cloudflare/zone-route.ts";
import type { Switches } from "../specification/switches.ts";
import type { Environment, FreezeWindow } from "../environments/environment.ts";

/** What is known beside the plan. All of it is optional: a plan alone can be reported. */
export interface ReviewContext {
  /** Name of the environment that the plan is for. */
  readonly environment?: string;
  /** Name of the environment's Worker: a plan without it is another environment's. */
  readonly workerName?: string;
  /** Who owns the integration configuration. Default: what the Worker's variables in the plan say. */
  readonly owner?: "publish" | "pull" | "file";
  /**
   * Whether the plan was made as if the environment it is promoted from ran this bundle already.
   * @default false
   */
  readonly promotionAssumed?: boolean;
  /**
   * Address of a page that a connector answers for already, where one was found.
   * @default none is known
   */
  readonly connectorAnswersAt?: string;
  /**
   * Pages that were asked for one and did not answer, each with why.
   * @default none
   */
  readonly silentPages?: readonly string[];
  /**
   * Every route of the environment's zones, as the account has them when the plan is made; a text says why they were
   * not read.
   * @default nobody says anything about them
   */
  readonly zoneRoutes?: readonly ZoneRoute[] | string;
  /**
   * What of the environment is switched, as the account says it; a text says why that is not known.
   * @default nobody says anything about it
   */
  readonly switches?: Switches | string | undefined;
  /**
   * What the environment says of what can be switched: patterns that lead to its Worker, and how that fails.
   * @default nobody knows
   */
  readonly meant?: { readonly protects: readonly string[]; readonly failure: "open" | "closed" };
  /**
   * Names of the account's Workers when the plan is made; a text says why they were not read.
   * @default nobody says anything about them
   */
  readonly accountWorkers?: readonly string[] | string;
  /**
   * Workers that bypasses are meant to go to.
   * @default none
   */
  readonly bypassWorkers?: readonly string[];
  /**
   * Times in which nothing is to be deployed.
   * @default none
   */
  readonly freeze?: readonly FreezeWindow[];
  /**
   * When the plan is reviewed, in milliseconds since 1970.
   * @default not known: no freeze is told
   */
  readonly now?: number;
  /** URLs and what has to become of them. */
  readonly coverage?: Environment["coverage"];
  /** Size in bytes of a bundle with this SHA-256, where it is known. */
  readonly bundleBytes?: (sha256: string) => number | undefined;
  /**
   * Key of the fingerprints of secrets. With it, the digest of a plan depends on the value that a secret
   * gets; without it, only on whether a secret changes.
   */
  readonly planKey?: string;
  /**
   * What is not to be shown beside the secrets of the plan itself.
   * @default nothing
   */
  readonly secrets?: readonly string[];
}
