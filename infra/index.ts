// What other CDKTF apps use of this project: an environment, its specification, and the construct that deploys it.
export { buildBundle, type Bundle } from "./bundle.ts";
export { ConnectorStack, type ConnectorStackOptions } from "./connector/connector-stack.ts";
export { QueueItConnector, type QueueItConnectorOptions } from "./connector/queue-it-connector.ts";
export type { ConnectorSpec } from "./connector/specification.ts";
export { specify, type SpecifyInput } from "./connector/specify.ts";
export { validateEnvironments } from "./environments/definition/validation.ts";
export { defineEnvironment, type Environment, type NamedEnvironment } from "./environments/environment.ts";
