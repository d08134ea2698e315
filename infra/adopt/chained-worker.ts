import { CHAINED_WORKER_BINDING } from "../../worker/deployment/variables.ts";
import type { DeployedBinding, DeployedWorker } from "../account/deployed-worker.ts";
import type { WorkerSource } from "../environments/environment.ts";
import { type AdoptionFinding, note, stop } from "./finding.ts";
import type { CalledNames } from "./worker-names.ts";
import { ownPath } from "../text/own-path.ts";

/** What a Worker's service bindings say of the Worker behind it. */
export interface FoundChain {
  /** The binding that requests which pass go through; undefined for none. */
  readonly binding: DeployedBinding | undefined;
  /** Service bindings that may be it, or something else: only somebody who knows the source can tell. */
  readonly unclear: readonly DeployedBinding[];
}

/** @param called Names that somebody has told, by ours. */
export function chainOf(
  { bindings }: Pick<DeployedWorker, "bindings">,
  called: CalledNames = new Map(),
): FoundChain {
  const services = bindings.filter(({ type }) => type === "service");
  const name = called.get(CHAINED_WORKER_BINDING) ?? CHAINED_WORKER_BINDING;
  const binding = services.find((service) => service.name === name);
  return { binding, unclear: services.filter((service) => service !== binding) };
}

/** The Worker of an environment that chains what was found; undefined where there is nothing to chain. */
export function chainedSource({ binding }: FoundChain): WorkerSource | undefined {
  const service = binding?.service;
  return service === undefined ? undefined : { source: "bundled", then: { service } };
}

/** What an environment cannot say of a chain, for one whose Worker is replaced by this project's. */
export function chainFindings(
  { name: worker }: Pick<DeployedWorker, "name">,
  { binding, unclear }: FoundChain,
): readonly AdoptionFinding[] {
  const { service = "", entrypoint } = binding ?? {};
  return [
    ...(binding !== undefined && entrypoint !== undefined
      ? [
          stop(
            `The Worker ${worker} calls ${service} by its entry point ${entrypoint}, which Terraform's provider cannot bind.`,
            `let the default export of ${service} do what ${entrypoint} does, bind that instead, then adopt again`,
          ),
        ]
      : []),
    ...(binding !== undefined && entrypoint === undefined
      ? [
          note(
            `Requests that pass go to the Worker ${service}: the environment names it in worker.then.`,
            `see ${ownPath("docs/chaining.md")}; ${service} itself stays as it is, outside of Terraform`,
          ),
        ]
      : []),
    ...unclear.map((other) =>
      stop(
        `The Worker ${worker} calls the Worker ${other.service ?? "of an unknown name"} through ${other.name}, and the first ` +
          "deploy would take that away: pages that it answers would come from the origin.",
        `if it answers what passes, say so with --called ${CHAINED_WORKER_BINDING}=${other.name}; if nothing needs it, delete ` +
          "that binding in the dashboard; then adopt again",
      ),
    ),
  ];
}
