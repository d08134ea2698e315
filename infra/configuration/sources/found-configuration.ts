import type { IntegrationConfiguration } from "../../../worker/configuration/integration-configuration.ts";
import type { NamedEnvironment } from "../../environments/environment.ts";

/** An integration configuration that the Worker accepts, and where it is from. */
export interface FoundConfiguration {
  /** Where it is from, in words: `KV of staging`. */
  readonly source: string;
  readonly configuration: IntegrationConfiguration;
  /** JSON without white space, numbers as they were written. */
  readonly json: string;
  /** To the letter as it is there. */
  readonly text: string;
  /** The environment that it is of; undefined for a file that somebody named. */
  readonly named: NamedEnvironment | undefined;
}
