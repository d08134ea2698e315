export interface LocalQueueItOptions {
  /** Queue-it customer id, as in `<customer id>.queue-it.net`. */
  readonly customerId: string;
  /** Signs queue tokens and publish calls. Never shown on any page. */
  readonly secretKey: string;
  /** Opens the integration configuration to those who pull it. Never shown on any page. */
  readonly apiKey: string;
  /** Hostnames of the sites visitors may be sent back to; without a target URL they go to the first. */
  readonly sites: readonly [string, ...string[]];
  /** Real URL of a protected page with `?__push_queueit_config`: where the Worker takes publish calls. */
  readonly publishUrl: string;
  /** Sends a request to the Worker, from outside, as the vendor's platform does. */
  readonly publish: (request: Request) => Promise<Response>;
  /** Gives a real URL its address on this machine. */
  readonly localUrl: (realUrl: string) => string;
  /**
   * The integration configuration to begin with.
   * @default one made for the demo shop
   */
  readonly configuration?: unknown;
  /**
   * Visitors let in per minute and waiting room; 0 lets nobody in.
   * @default 20, so that the only visitor waits three seconds
   */
  readonly outflow?: number;
  /**
   * The clock, in milliseconds since 1970.
   * @default Date.now
   */
  readonly now?: () => number;
}
