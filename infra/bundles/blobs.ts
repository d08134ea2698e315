/** No blob is larger: Cloudflare takes no larger Worker. */
export const MOST_BYTES = 10 * 1024 * 1024;

/** Bytes by their name, in a folder or a bucket. */
export interface Blobs {
  /** Where they are, for people. */
  readonly place: string;
  /** @throws UserError when the place cannot be read, or the blob is larger than any that was written. */
  readonly read: (name: string) => Promise<Blob | undefined>;
  /**
   * Writes all of a blob, or nothing.
   *
   * @param expected Tag of the blob that is replaced; undefined where there must be none.
   * @returns False when there is another blob than the expected one.
   * @throws UserError when the place cannot be written.
   */
  readonly write: (name: string, bytes: Uint8Array, expected: string | undefined) => Promise<boolean>;
}

export interface Blob {
  readonly bytes: Uint8Array;
  /** Another one for other bytes. */
  readonly tag: string;
}
