import { CHAINED_CASES } from "./chained-worker.ts";
import { CLOCK_CASES } from "./clock.ts";
import { CONFIGURATION_CASES } from "./configuration.ts";
import { COPY_CASES } from "./copies.ts";
import { DEPLOYMENT_CASES } from "./deployment.ts";
import { ENDPOINT_CASES } from "./endpoints.ts";
import type { FaultCase } from "./fault-case.ts";
import { HOOK_CASES } from "./hooks.ts";
import { ISOLATE_CASES } from "./isolates.ts";
import { KV_CASES } from "./kv.ts";
import { PUBLISH_CASES } from "./publishing.ts";
import { SITE_CASES } from "./site.ts";
import { SOCKET_CASES } from "./sockets.ts";
import { TRAFFIC_CASES } from "./traffic.ts";

/** Every fault that is brought about. */
export const FAULT_CASES: readonly FaultCase[] = [
  ...KV_CASES,
  ...DEPLOYMENT_CASES,
  ...CONFIGURATION_CASES,
  ...SITE_CASES,
  ...CHAINED_CASES,
  ...ENDPOINT_CASES,
  ...PUBLISH_CASES,
  ...CLOCK_CASES,
  ...COPY_CASES,
  ...ISOLATE_CASES,
  ...SOCKET_CASES,
  ...TRAFFIC_CASES,
  ...HOOK_CASES,
];
