import type { KvValue } from "../account/model.ts";
import { apiRefusals } from "./api-errors.ts";
import { readFormObject } from "./form-object.ts";
import { parseJson } from "./json.ts";
import type { Part } from "./multipart.ts";

/** Cloudflare's limit for one value, in bytes. */
export const VALUE_LIMIT = 25 * 1024 * 1024;

/** A value in a form, with its metadata and what belongs to the form. */
export const FORM_LIMIT = VALUE_LIMIT + 64 * 1024;

/** Cloudflare's limit for a key's metadata as JSON, in bytes. */
const METADATA_LIMIT = 1024;

/** Cloudflare's shortest life of a key, in seconds. */
const SHORTEST_LIFE = 60;

/**
 * The latest that workerd takes, in seconds since 1970: 2038-01-19T03:14:07Z. Cloudflare itself takes later
 * ones.
 */
const LATEST_END = 2 ** 31 - 1;

const UNTIL = `${LATEST_END} (2038-01-19) at the latest, which is a limit of the local Cloudflare: its Workers runtime keeps no later one`;

/**
 * When a key ends, in seconds since 1970, of what a request says: `expiration` or `expiration_ttl` (seconds
 * from now).
 *
 * @throws CloudflareError 10033 when that is sooner than Cloudflare allows, or later than the Workers runtime
 *   takes.
 */
export function expirationOf({
  expiration,
  expiration_ttl,
}: {
  readonly expiration?: string | number | undefined;
  readonly expiration_ttl?: string | number | undefined;
}): number | undefined {
  const now = Math.floor(Date.now() / 1000);
  if (expiration_ttl !== undefined) {
    const life = Number(expiration_ttl);
    if (Number.isInteger(life) && life >= SHORTEST_LIFE && now + life <= LATEST_END) return now + life;
    throw apiRefusals.valueNotValid(
      `Invalid expiration_ttl: it has to be a whole number of seconds, at least ${SHORTEST_LIFE}, and end at ${UNTIL}`,
    );
  }
  if (expiration === undefined) return undefined;
  const end = Number(expiration);
  if (Number.isInteger(end) && end >= now + SHORTEST_LIFE && end <= LATEST_END) return end;
  throw apiRefusals.valueNotValid(
    `Invalid expiration: it has to be at least ${SHORTEST_LIFE} seconds in the future, in seconds since 1970, and ${UNTIL}`,
  );
}

/** A value with its metadata, of the parts of a request. */
export function readValue(parts: readonly Part[], expiration: number | undefined): KvValue {
  const value = parts.find(({ name }) => name === "value");
  if (value === undefined) throw apiRefusals.bodyNotValid("the part `value` is missing");
  const metadata = parts.find(({ name }) => name === "metadata");
  const told = metadata === undefined ? readFormObject(parts, "metadata") : readMetadata(metadata.bytes);
  return makeValue(value.bytes, told, expiration);
}

/** @throws CloudflareError when the value or its metadata is beyond Cloudflare's limits. */
export function makeValue(bytes: Buffer, metadata: unknown, expiration: number | undefined): KvValue {
  if (bytes.length > VALUE_LIMIT)
    throw apiRefusals.tooLarge(`A value may have ${VALUE_LIMIT} bytes at most.`);
  const hasMetadata = metadata !== undefined && metadata !== null;
  if (hasMetadata && Buffer.byteLength(JSON.stringify(metadata)) > METADATA_LIMIT) {
    throw metadataTooLarge();
  }
  return {
    bytes,
    ...(hasMetadata && { metadata }),
    ...(expiration !== undefined && { expiration }),
  };
}

/** Values that fit into the metadata of a key. */
const METADATA_VALUES = METADATA_LIMIT;

function readMetadata(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  // Spaces may make it longer than what counts; nothing honest makes it this much longer.
  if (bytes.length > FORM_LIMIT - VALUE_LIMIT) throw metadataTooLarge();
  return parseJson(bytes, METADATA_VALUES);
}

function metadataTooLarge() {
  return apiRefusals.tooLarge(`Metadata may have ${METADATA_LIMIT} bytes at most.`);
}
