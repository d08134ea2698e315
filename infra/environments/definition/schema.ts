import { z } from "zod";
import { asciiHostname } from "../../cloudflare/hostname.ts";
import { asciiOrigin } from "../../cloudflare/origin.ts";
import { asciiAddress } from "../../cloudflare/address.ts";
import type { Environment, SharedSetting } from "../environment.ts";
import {
  between,
  calendarDate,
  cloudflareId,
  coverageUrl,
  cronExpression,
  customerId,
  endpoint,
  type Fault,
  hooksPath,
  freezeReason,
  hostname,
  matching,
  moment,
  namespaceTitle,
  origin,
  origins,
  NO_ENTRY_POINT,
  projectPath,
  routeEntry,
  routeId,
  secretName,
  workerName,
} from "./fields.ts";

// A property is a problem of its own, so that one bad value never hides another. What needs two properties is
// in rules/. Names have one spelling from here on: what is parsed has every hostname in ASCII.

const dashboard = "the dashboard's address bar or the zone's overview page";
const optional = z.exactOptional;

const name = text(hostname).transform(asciiHostname);
const address = text(endpoint).transform(asciiAddress);

const site = exact({
  hostname: name,
  zoneId: optional(text(cloudflareId("zone-id", dashboard))),
  zoneName: optional(name),
  protect: optional(z.array(text(routeEntry)).readonly()),
  bypass: optional(
    z
      .array(z.union([text(routeEntry), exact({ pattern: text(routeEntry), worker: text(workerName) })]))
      .readonly(),
  ),
});

const queueIt = exact({
  customerId: text(customerId),
  enqueueToken: optional(
    exact({
      validityMs: optional(number(between(30_000, 86_400_000, "milliseconds"))),
      key: optional(z.boolean()),
    }),
  ),
  clientIp: optional(z.enum(["cf-connecting-ip", "none"])),
  requestBodyLimit: optional(number(between(0, 2048, "characters"))),
  matching: optional(z.enum(["as-configured", "normalized"])),
  preflights: optional(z.enum(["pass", "queue"])),
  prefetches: optional(z.enum(["refuse", "queue"])),
  allowedOrigins: optional(
    z
      .array(text(origin).transform(asciiOrigin))
      .check((context) => {
        report(context, origins(context.value));
      })
      // Neither their order nor how often one is written says anything.
      .transform((written) => [...new Set(written)].sort())
      .readonly(),
  ),
  configurationTtlSeconds: optional(number(between(10, 86_400, "seconds"))),
  verifyAction: optional(exact({ url: address })),
  directPass: optional(
    exact({ url: address, timeoutMs: optional(number(between(800, 5000, "milliseconds"))) }),
  ),
});

const seed = optional(text(projectPath));
const integrationConfiguration = z.discriminatedUnion("owner", [
  exact({ owner: z.literal("publish"), seed }),
  exact({ owner: z.literal("pull"), cron: optional(text(cronExpression)), seed }),
  exact({ owner: z.literal("file"), path: text(projectPath) }),
]);

const secrets = z.discriminatedUnion("strategy", [
  exact({ strategy: z.literal("variables") }),
  exact({
    strategy: z.literal("secrets-store"),
    storeId: text(cloudflareId("store-id", "the Secrets Store page of the dashboard")),
    names: optional(
      exact({
        secretKey: optional(text(secretName)),
        apiKey: optional(text(secretName)),
        directPassKey: optional(text(secretName)),
      }),
    ),
  }),
]);

const bucket = text(
  matching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
    code: "bucket",
    what: "is not the name of a bucket",
    remedy: "use 3 to 63 lower-case letters, digits, dots and dashes",
  }),
);
const key = optional(
  text(
    matching(/^[\w!.*'()-][\w!.*'()/-]{0,500}$/, {
      code: "state-key",
      what: "is not an object key",
      remedy: "use letters, digits, dashes, dots and slashes, and begin with no slash",
    }),
  ),
);
const terraformName = text(
  matching(/^[\w-]{1,90}$/, {
    code: "terraform-name",
    what: "is not a name of HCP Terraform",
    remedy: "use letters, digits, dashes and underscores, at most 90",
  }),
);
const region = text(
  matching(/^[a-z]{2}(-[a-z0-9]+)+$/, {
    code: "region",
    what: "is not a region",
    remedy: "write it as AWS does, for example eu-west-1",
  }),
);
const backend = z.discriminatedUnion("type", [
  exact({ type: z.literal("local"), path: optional(text(projectPath)) }),
  exact({ type: z.literal("r2"), bucket, key, jurisdiction: optional(z.enum(["eu", "fedramp"])) }),
  exact({ type: z.literal("s3"), bucket, region, key }),
  exact({
    type: z.literal("hcp"),
    organization: terraformName,
    workspace: terraformName,
    hostname: optional(name),
  }),
]);

const NOT_OF_A_FILE: Fault = {
  code: "chained-file",
  what: "chains another Worker behind a file, which does not know how to call it",
  remedy: 'remove it, or use source: "bundled"',
};
const worker = z.discriminatedUnion("source", [
  exact({
    source: z.literal("bundled"),
    hooks: optional(text(hooksPath)),
    then: optional(exact({ service: text(workerName), entrypoint: refused(NO_ENTRY_POINT) })),
  }),
  exact({
    source: z.literal("file"),
    then: refused(NOT_OF_A_FILE),
    path: text(projectPath),
    format: z.enum(["es-module", "service-worker"]),
    names: optional(z.record(z.string(), z.string())),
    compatibilityDate: optional(text(calendarDate)),
    compatibilityFlags: optional(
      z
        .array(
          text(
            matching(/^[a-z0-9_:.-]+$/, {
              code: "compatibility-flag",
              what: "is not a compatibility flag",
              remedy: "write its name, for example nodejs_compat",
            }),
          ),
        )
        .readonly(),
    ),
  }),
]);

const SHARED_SETTINGS = [
  "integrationConfiguration",
  "secrets",
  "failure",
  "observability",
  "worker",
  "queueIt.customerId",
  "queueIt.enqueueToken",
  "queueIt.clientIp",
  "queueIt.requestBodyLimit",
  "queueIt.matching",
  "queueIt.preflights",
  "queueIt.prefetches",
  "queueIt.allowedOrigins",
  "queueIt.configurationTtlSeconds",
  "queueIt.verifyAction",
  "queueIt.directPass",
] as const satisfies readonly SharedSetting[];

const addresses = optional(z.array(text(coverageUrl).transform(asciiAddress)).readonly());

const NO_SITES: Fault = {
  code: "no-sites",
  what: "is empty",
  remedy: "add at least one site, with its zone and its hostname",
};

/** The properties of an environment, each with all that can be said of it alone. */
export const PROPERTIES = {
  accountId: text(cloudflareId("account-id", "the dashboard's address bar")),
  workerName: text(workerName),
  sites: z
    .array(site)
    .check((context) => {
      if (context.value.length === 0) report(context, NO_SITES);
    })
    .readonly(),
  queueIt,
  integrationConfiguration: optional(integrationConfiguration),
  secrets: optional(secrets),
  failure: optional(z.enum(["open", "closed"])),
  observability: optional(
    exact({ enabled: z.boolean(), samplingRate: optional(number(between(0, 1, "a share", false))) }),
  ),
  backend: optional(backend),
  promotedFrom: optional(z.string()),
  meantToDiffer: optional(z.array(z.enum(SHARED_SETTINGS)).readonly()),
  freeze: optional(
    z.array(exact({ from: text(moment), until: text(moment), why: text(freezeReason) })).readonly(),
  ),
  worker: optional(worker),
  namespaceTitle: optional(text(namespaceTitle)),
  adopted: optional(
    exact({
      namespaceId: optional(text(cloudflareId("namespace-id", "the namespace's page in the dashboard"))),
      configuration: optional(z.boolean()),
      worker: optional(z.boolean()),
      routes: optional(z.array(exact({ pattern: z.string(), id: text(routeId) })).readonly()),
    }),
  ),
  coverage: optional(exact({ protected: addresses, bypassed: addresses, ignored: addresses })),
} satisfies Record<keyof Environment, z.ZodType>;

export const ENVIRONMENT = exact(PROPERTIES);

/** One site; the same as in `PROPERTIES`. */
export const SITE = site;

/** A text with one check; the check's fault travels in the issue's `params`. */
function text(check: (value: string) => Fault | undefined) {
  return z.string().check((context) => {
    report(context, check(context.value));
  });
}

/** A property that people look for, and that cannot be there. */
function refused(fault: Fault) {
  return optional(z.custom<undefined>(() => false, { error: fault.what, params: { ...fault } }));
}

function number(check: (value: number) => Fault | undefined) {
  return z.number().check((context) => {
    report(context, check(context.value));
  });
}

function report(
  context: { readonly value: unknown; readonly issues: z.core.$ZodRawIssue[] },
  fault: Fault | undefined,
) {
  if (fault === undefined) return;
  context.issues.push({ code: "custom", input: context.value, message: fault.what, params: { ...fault } });
}

/**
 * An object without unknown properties. An issue says which properties are unknown, or that there is no
 * object, but not which properties are known, so its message lists those, one a word.
 */
function exact<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: () => Object.keys(shape).join(" "),
  });
}
