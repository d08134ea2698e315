import { CONNECTOR_VERSION } from "../deployment/version.ts";
import { encode } from "../encoding/percent-encoding.ts";
import { ENQUEUE_TOKEN_PLACE } from "./sdk-context.ts";

/**
 * Puts the enqueue token in and adds the connector's version. The SDK repeats a refused queue token as the
 * visitor sent it, decoded: encoded, it can neither add parameters to an address at Queue-it nor break the
 * header. A real one has nothing to encode.
 */
export function addressAtQueueIt(url: string, queueToken: string, token: string | undefined): string {
  const repeated = "&queueittoken=";
  const place = `&enqueuetoken=${ENQUEUE_TOKEN_PLACE}`;
  let address = url;
  if (queueToken !== "")
    address = address.replace(repeated + queueToken, () => repeated + encode(queueToken));
  if (token !== undefined) address = address.replace(place, `&enqueuetoken=${token}`);
  return `${address}&kupver=cloudflare-${CONNECTOR_VERSION}`;
}
