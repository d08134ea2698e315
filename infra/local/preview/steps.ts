import { chainedWorkerOf, routeWords } from "../../specification/named-workers.ts";
import type { ConnectorSpec } from "../../specification/specification.ts";
import type { BroughtConfiguration } from "../server/bring-configuration.ts";

/** One thing that was set up. */
export interface PreviewStep {
  readonly title: string;
  readonly detail: string;
  readonly milliseconds: number;
  /** What will be otherwise in the real Cloudflare, and what to do; undefined when nothing is. */
  readonly warning?: string;
}

export interface Measured {
  /** Milliseconds until the Worker ran in workerd. */
  readonly startTook: number;
  readonly configuration: BroughtConfiguration;
}

/** The five steps of the manual set-up and the routes, as the preview has done them. */
export function stepsOf(spec: ConnectorSpec, measured: Measured): readonly PreviewStep[] {
  const { worker, routes } = spec;
  const named = (...types: readonly string[]) => worker.bindings.filter(({ type }) => types.includes(type));
  const patterns = (kind: "bypass" | "protect") =>
    routes.filter((route) => route.kind === kind).map(routeWords);
  const chained = chainedWorkerOf(worker);
  const secrets = named("secret_text", "secrets_store_secret");
  return [
    {
      title: "1 KV namespace",
      detail: spec.namespace.title,
      milliseconds: 0,
    },
    {
      title: "2 Worker",
      detail: `${worker.name}, bundle ${worker.file.sha256.slice(0, 12)}, running in workerd${chained === undefined ? "" : `; what passes goes to the Worker ${chained}`}`,
      milliseconds: measured.startTook,
    },
    {
      title: "3 Variables and secrets",
      detail: `${named("plain_text").length} variables, ${secrets.map(({ name }) => name).join(", ")} made up for this run`,
      milliseconds: 0,
    },
    {
      title: "4 Namespace bound",
      detail: named("kv_namespace")
        .map(({ name }) => name)
        .join(", "),
      milliseconds: 0,
    },
    {
      title: "5 Integration configuration",
      detail: measured.configuration.how,
      milliseconds: measured.configuration.milliseconds,
      ...(measured.configuration.warning !== undefined && { warning: measured.configuration.warning }),
    },
    {
      title: "  Routes",
      detail: `bypass ${patterns("bypass").join(", ") || "none"}; protect ${patterns("protect").join(", ")}`,
      milliseconds: 0,
    },
  ];
}
