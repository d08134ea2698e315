import type { DemoCase } from "./cases.ts";

/** A case that a site has, and why it is so. */
export interface ShownCase extends DemoCase {
  /** Whether a new visitor of its page has to queue. */
  readonly queues: boolean;
  /** Which route and which action decide, in one sentence. */
  readonly cause: string;
}

/** What the demo shop knows of the Cloudflare in front of it. It speaks of what is so at the moment. */
export interface ShopGuide {
  /** What there is to try on a site. */
  readonly casesOf: (hostname: string) => readonly ShownCase[];
  /** Which route and which action decide about an address, in one sentence. */
  readonly causeAt: (url: URL) => string;
  /** Whether the environment speaks of this address, so that the shop has a page there. */
  readonly hasPage: (url: URL) => boolean;
}
