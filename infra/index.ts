// What other CDKTF apps use of this project: an environment, its specification, the construct that deploys
// it, and the review of its plans.
export type { Bundle } from "./bundles/bundle.ts";
export { workerBundle as buildBundle } from "./bundles/worker-bundle.ts";
export { ConnectorStack, type ConnectorStackOptions } from "./connector/connector-stack.ts";
export { QueueItConnector, type QueueItConnectorOptions } from "./connector/queue-it-connector.ts";
export type { ConnectorSpec } from "./specification/specification.ts";
export { specify, type SpecifyInput } from "./specification/specify.ts";
export { validateEnvironments } from "./environments/definition/validation.ts";
export { defineEnvironment, type Environment, type NamedEnvironment } from "./environments/environment.ts";
export type { ReviewContext } from "./plan/context.ts";
export { environmentContext } from "./plan/environment-context.ts";
export { jsonReport } from "./plan/report/json.ts";
export { markdownReport } from "./plan/report/markdown.ts";
export { terminalReport } from "./plan/report/terminal.ts";
export { type Review, reviewPlan } from "./plan/review.ts";
