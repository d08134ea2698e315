import type { ConnectorSpec } from "../../specification/specification.ts";
import type { NamedEnvironment } from "../../environments/environment.ts";

/** An environment and what it asks for. */
export interface SpecifiedEnvironment {
  readonly named: NamedEnvironment;
  readonly spec: ConnectorSpec;
}
