/**
 * Names of everything the Worker is given by its deployment: one list, read by the Worker and written by
 * the stacks, so that the two cannot drift apart.
 *
 * The first group keeps the names of the vendor's connectors (KnownUser.V3.Cloudflare 1.2.3 and the
 * connector overview of Cloudflare Connector v4); the second group is ours.
 */

/** KV binding that holds the integration configuration. */
export const CONFIGURATION_BINDING = "IntegrationConfigKV";

/** Service binding of the Worker that answers passed requests in place of the origin, where there is one. */
export const CHAINED_WORKER_BINDING = "QUEUEIT_CHAINED_WORKER";

/** Key of the integration configuration inside its KV namespace. */
export const CONFIGURATION_KEY = "info";

/**
 * Key beside it: what the Worker finds out about a large configuration when it is published, for isolates to
 * come. It is the Worker's alone, and never needed.
 */
export const INDEX_KEY = "info-index";

/** Exact query parameter that marks a publish call of Queue-it's platform. */
export const PUBLISH_PARAMETER = "__push_queueit_config";

/** Variables in clear. Every value is a string, as Cloudflare stores it. */
export const VARIABLES = {
  /** Queue-it customer id. Required. */
  customerId: "QUEUEIT_CUSTOMER_ID",
  /** `true` adds an enqueue token to redirects to the waiting room. Default `false`. */
  enqueueTokenEnabled: "QUEUEIT_ENQT_ENABLED",
  /** Validity of the enqueue token in milliseconds. Default 240000. */
  enqueueTokenValidity: "QUEUEIT_ENQT_VALIDITY_TIME",
  /** `true` gives each enqueue token a unique key. Default `false`. */
  enqueueTokenKeyEnabled: "QUEUEIT_ENQT_KEY_ENABLED",

  /** `cf-connecting-ip` or `none`: the visitor's address as Queue-it gets it. Default `cf-connecting-ip`. */
  clientIp: "QUEUEIT_CLIENT_IP",
  /** Characters of a request body that triggers may look at; `0` never reads a body. Default 2048. */
  requestBodyLimit: "QUEUEIT_REQUEST_BODY_LIMIT",
  /**
   * `as-configured` or `normalized`: which spellings of a URL its triggers are tried on. Default
   * `as-configured`.
   */
  matching: "QUEUEIT_MATCHING",
  /** `pass` or `queue`: what becomes of a CORS preflight to a page that queues. Default `pass`. */
  preflights: "QUEUEIT_PREFLIGHTS",
  /** `refuse` or `queue`: what becomes of a prefetch of a page that queues. Default `refuse`. */
  prefetches: "QUEUEIT_PREFETCHES",
  /**
   * Origins, with blanks between them, whose scripts may read the connector's own answers. No default: those
   * of other origins may not.
   */
  allowedOrigins: "QUEUEIT_ALLOWED_ORIGINS",
  /** `publish`, `pull` or `file`: who owns the integration configuration. Default `publish`. */
  configurationOwner: "QUEUEIT_CONFIG_OWNER",
  /** Seconds an isolate keeps the configuration before it looks for a newer one. Default 60. */
  configurationTtl: "QUEUEIT_CONFIG_TTL",
  /** `open` or `closed`: what visitors get when the connector itself fails. Default `open`. */
  failureMode: "QUEUEIT_FAILURE_MODE",
  /**
   * HTTPS endpoint that counts uses of a queue id. No default: without it such actions are refused at
   * publish.
   */
  verifyActionUrl: "QUEUEIT_VERIFY_ACTION_URL",
  /** HTTPS endpoint that may let a visitor pass directly. No default: without it nobody is asked. */
  directPassUrl: "QUEUEIT_DIRECT_PASS_URL",
  /** Milliseconds to wait for the direct-pass endpoint, 800 to 5000. Default 3000. */
  directPassTimeout: "QUEUEIT_DIRECT_PASS_TIMEOUT",
  /** SHA-256 of the bundle, written by the deployment for status calls. No default. */
  bundle: "QUEUEIT_BUNDLE_SHA256",
} as const;

/**
 * Variable that says which hooks of the site's own the bundle has, for people and for plans. The Worker does not
 * read it.
 */
export const HOOKS_VARIABLE = "QUEUEIT_HOOKS";

/** Secrets: text bindings, or Secrets Store bindings under the same names. */
export const SECRETS = {
  /** Signs tokens, session cookies and publish calls. Required. */
  secretKey: "QUEUEIT_SECRET_KEY",
  /** Calls Queue-it's API: scheduled pull and verify action. */
  apiKey: "QUEUEIT_API_KEY",
  /** Proxy key of the direct-pass endpoint. */
  directPassKey: "QUEUEIT_DIRECT_PASS_KEY",
} as const;
