import type { Settings } from "../deployment/settings.ts";
import type { Visit } from "./visit.ts";

/** The visitor's address, or the empty string where it is not known or Queue-it is not to know it. */
export function clientIpOf(visit: Visit, { clientIpHeader }: Pick<Settings, "clientIpHeader">): string {
  return clientIpHeader === undefined ? "" : visit.header(clientIpHeader);
}
