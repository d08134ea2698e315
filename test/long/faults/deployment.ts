import { configurationOf, queueAction } from "../../worker/support/configurations.ts";
import { API_KEY, SECRET } from "../../worker/support/tokens.ts";
import {
  cannotWork,
  MODES,
  outcome,
  SITE_WITH_SESSION,
  WAITS,
  type Behaviour,
  type FaultCase,
  type Given,
} from "./fault-case.ts";

/** Without these nobody can be let in or kept out. */
const NEEDED: readonly [string, Given, string][] = [
  ["the KV binding is missing", { without: "kv" }, "kv-binding-missing"],
  ["the KV binding is an empty text", given("IntegrationConfigKV", ""), "kv-binding-missing"],
  ["the KV binding is a text", given("IntegrationConfigKV", "namespace"), "kv-binding-missing"],
  ["the KV binding is a number", given("IntegrationConfigKV", 7), "kv-binding-missing"],
  ["the KV binding is `null`", given("IntegrationConfigKV", null), "kv-binding-missing"],
  [
    "the KV binding is an object",
    given("IntegrationConfigKV", { get: "text", put: 1 }),
    "kv-binding-missing",
  ],
  ["the KV binding is an empty R2 bucket", { kvIs: "a bucket" }, "configuration-unreadable"],
  ["the KV binding is another Worker", { kvIs: "a service" }, "configuration-unreadable"],
  ["the customer id is missing", { without: "customer" }, "customer-id-missing"],
  ...(
    [
      ["empty", ""],
      ["white space", " \t"],
      ["a number", 7],
      ["`null`", null],
      ["an object", {}],
    ] as const
  ).flatMap(([what, value]): [string, Given, string][] => [
    [`the customer id is ${what}`, given("QUEUEIT_CUSTOMER_ID", value), "customer-id-missing"],
    [`the secret key is ${what}`, given("QUEUEIT_SECRET_KEY", value), "secret-key-missing"],
  ]),
  ["the secret key is missing", { without: "secret" }, "secret-key-missing"],
];

function given(name: string, value: string | number | boolean | null | object): Given {
  const without = name === "IntegrationConfigKV" ? { without: "kv" as const } : {};
  return { ...without, variables: { [name]: value as string } };
}

/** A value that cannot be used leaves the default, and protects. */
const IGNORED: readonly [string, string][] = [
  ["QUEUEIT_ENQT_ENABLED", "yes"],
  ["QUEUEIT_ENQT_VALIDITY_TIME", "-1"],
  ["QUEUEIT_ENQT_VALIDITY_TIME", "1e3"],
  ["QUEUEIT_ENQT_VALIDITY_TIME", "99999999999999999999"],
  ["QUEUEIT_ENQT_KEY_ENABLED", "1"],
  ["QUEUEIT_CLIENT_IP", "x-forwarded-for"],
  ["QUEUEIT_REQUEST_BODY_LIMIT", "4096"],
  ["QUEUEIT_REQUEST_BODY_LIMIT", "2 KiB"],
  ["QUEUEIT_MATCHING", "strict"],
  ["QUEUEIT_CONFIG_OWNER", "terraform"],
  ["QUEUEIT_CONFIG_TTL", "0"],
  ["QUEUEIT_CONFIG_TTL", "0x3c"],
  ["QUEUEIT_CONFIG_TTL", "86401"],
  ["QUEUEIT_VERIFY_ACTION_URL", "http://endpoint.example"],
  ["QUEUEIT_VERIFY_ACTION_URL", "endpoint.example"],
  ["QUEUEIT_DIRECT_PASS_URL", "https://"],
  ["QUEUEIT_DIRECT_PASS_URL", "javascript:alert(1)"],
  ["QUEUEIT_DIRECT_PASS_TIMEOUT", "799"],
  ["QUEUEIT_DIRECT_PASS_TIMEOUT", "soon"],
];

/** What is not a text counts as not set, and a variable is named. */
const OF_ANOTHER_TYPE: readonly [string, number | boolean | null | object, string[]][] = [
  ["QUEUEIT_ENQT_ENABLED", true, ["setting-ignored: variable-invalid"]],
  ["QUEUEIT_CONFIG_TTL", 30, ["setting-ignored: variable-invalid"]],
  ["QUEUEIT_MATCHING", {}, ["setting-ignored: variable-invalid"]],
  ["QUEUEIT_CONFIG_OWNER", null, ["setting-ignored: variable-invalid"]],
  ["QUEUEIT_BUNDLE_SHA256", 1, ["setting-ignored: variable-invalid"]],
  ["QUEUEIT_API_KEY", {}, []],
];

const STORE: readonly [string, Behaviour, string][] = [
  ["throws", { fault: "throws" }, "secret-unreadable"],
  ["never answers", { fault: "hangs" }, "secret-unreadable"],
  ["answers after 3 s", { says: SECRET, afterMs: 3000 }, "secret-unreadable"],
  ["gives nothing", { says: null }, "secret-unreadable"],
  ["gives an empty text", { says: "" }, "secret-key-missing"],
  ["gives white space", { says: " \n" }, "secret-key-missing"],
];
const STORE_THAT_WORKS: readonly [string, Behaviour][] = [
  ["answers after 700 ms", { says: SECRET, afterMs: 700 }],
  ["gives the key with a line break", { says: `${SECRET}\n` }],
];

const COUNTED = JSON.stringify(
  configurationOf(queueAction({ VerifyQueueIdEnabled: true, QueueIdUsageLimit: 2 })),
);

/** Secrets that only some requests need. */
const SELDOM: readonly [string, Behaviour][] = [
  ["throws", { fault: "throws" }],
  ["never answers", { fault: "hangs" }],
  ["gives nothing", { says: null }],
  ["gives an empty text", { says: "" }],
];

export const DEPLOYMENT_CASES: readonly FaultCase[] = MODES.flatMap((mode) => [
  ...NEEDED.map(([fault, world, reason]): FaultCase => ({
    edge: "Bindings and variables",
    fault,
    visitor: "new",
    mode,
    given: world,
    expected: cannotWork(mode, reason),
  })),
  ...IGNORED.map(([name, value]): FaultCase => ({
    edge: "Bindings and variables",
    fault: `\`${name}\` is \`${value}\``,
    visitor: "new",
    mode,
    given: given(name, value),
    expected: outcome(WAITS, 0, "setting-ignored: variable-invalid"),
  })),
  ...OF_ANOTHER_TYPE.map(([name, value, log]): FaultCase => ({
    edge: "Bindings and variables",
    fault: `\`${name}\` is no text but \`${JSON.stringify(value)}\``,
    visitor: "new",
    mode,
    given: given(name, value),
    expected: outcome(WAITS, 0, ...log),
  })),
  ...STORE.map(([fault, behaviour, reason]): FaultCase => ({
    edge: "Secrets Store, for the secret key",
    fault,
    visitor: "new",
    mode,
    given: { without: "secret", secretsStore: { QUEUEIT_SECRET_KEY: behaviour } },
    expected: cannotWork(mode, reason),
  })),
  ...STORE_THAT_WORKS.map(([fault, behaviour]): FaultCase => ({
    edge: "Secrets Store, for the secret key",
    fault,
    visitor: "with a session",
    mode,
    given: { without: "secret", secretsStore: { QUEUEIT_SECRET_KEY: behaviour } },
    expected: outcome(SITE_WITH_SESSION, 1),
  })),
  ...SELDOM.map(([fault, behaviour]): FaultCase => ({
    edge: "Secrets Store, for the API key, which this request does not need",
    fault,
    visitor: "new",
    mode,
    given: { secretsStore: { QUEUEIT_API_KEY: behaviour } },
    expected: outcome(WAITS, 0),
  })),
  ...SELDOM.map(([fault, behaviour]): FaultCase => ({
    edge: "Secrets Store, for the API key of the verify-action endpoint",
    fault,
    visitor: "with a session",
    mode,
    given: {
      kv: { says: COUNTED },
      variables: { QUEUEIT_VERIFY_ACTION_URL: "https://endpoint.example/{queueId}" },
      secretsStore: { QUEUEIT_API_KEY: behaviour },
    },
    expected:
      mode === "open"
        ? outcome(
            "the site's answer, unqueued (`x-queueit-failed`), and a session",
            1,
            "failed-open: secret-unreadable",
          )
        : cannotWork(mode, "secret-unreadable"),
  })),
  ...SELDOM.map(([fault, behaviour]): FaultCase => ({
    edge: "Secrets Store, for the key of the direct-pass endpoint",
    fault,
    visitor: "new",
    mode,
    given: {
      variables: { QUEUEIT_DIRECT_PASS_URL: "https://endpoint.example/" },
      secretsStore: { QUEUEIT_DIRECT_PASS_KEY: behaviour },
    },
    expected:
      mode === "open"
        ? outcome(SITE_WITH_SESSION, 1, "direct-pass-failed-open: secret-unreadable")
        : outcome(WAITS, 0, "direct-pass-failed-closed: secret-unreadable"),
  })),
  {
    edge: "Bindings and variables",
    fault: "`QUEUEIT_API_KEY` is missing where an action counts uses",
    visitor: "with a session",
    mode,
    given: { kv: { says: COUNTED }, variables: { QUEUEIT_VERIFY_ACTION_URL: "https://endpoint.example/" } },
    expected:
      mode === "open"
        ? outcome(
            "the site's answer, unqueued (`x-queueit-failed`), and a session",
            1,
            "failed-open: verify-action-unavailable",
          )
        : cannotWork(mode, "verify-action-unavailable"),
  },
  {
    edge: "Bindings and variables",
    fault: "all of them are wrong that may be",
    visitor: "with a session",
    mode,
    given: { variables: Object.fromEntries([...IGNORED, ["QUEUEIT_API_KEY", API_KEY]]) },
    expected: outcome(SITE_WITH_SESSION, 1, "setting-ignored: variable-invalid"),
  },
]);
