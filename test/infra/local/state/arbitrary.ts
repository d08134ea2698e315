import fc from "fast-check";
import type {
  AccountContents,
  Script,
  ScriptBinding,
} from "../../../../infra/local/cloudflare/account/model.ts";
import type { LocalState } from "../../../../infra/local/state/state-file.ts";

// Any text at all: names come from strangers' files, and secrets from anywhere.
const text = fc.string({ unit: "binary" });

const binding: fc.Arbitrary<ScriptBinding> = fc.oneof(
  fc.record({ type: fc.constant("kv_namespace" as const), name: text, namespaceId: text }),
  fc.record({ type: fc.constantFrom("plain_text" as const, "secret_text" as const), name: text, text }),
  fc.record({
    type: fc.constant("secrets_store_secret" as const),
    name: text,
    storeId: text,
    secretName: text,
  }),
  fc.record(
    { type: fc.constant("service" as const), name: text, service: text, entrypoint: text },
    { requiredKeys: ["type", "name", "service"] },
  ),
);

const script: fc.Arbitrary<Script> = fc.record(
  {
    name: text,
    mainModule: text,
    content: text,
    format: fc.constantFrom("es-module" as const, "service-worker" as const),
    compatibilityDate: text,
    compatibilityFlags: fc.array(text),
    bindings: fc.array(binding, { maxLength: 4 }),
    observability: fc.record({
      enabled: fc.boolean(),
      samplingRate: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  {
    requiredKeys: [
      "name",
      "mainModule",
      "content",
      "format",
      "compatibilityDate",
      "compatibilityFlags",
      "bindings",
    ],
  },
);

const contents: fc.Arbitrary<AccountContents> = fc.record({
  namespaces: fc.array(fc.record({ id: text, title: text }), { maxLength: 4 }),
  scripts: fc.array(script, { maxLength: 3 }),
  routes: fc.array(
    fc.record({ id: text, zoneId: text, pattern: text, script: fc.option(text, { nil: undefined }) }),
    { maxLength: 4 },
  ),
  schedules: fc.array(fc.record({ script: text, crons: fc.array(text) }), { maxLength: 3 }),
  secrets: fc.array(fc.record({ storeId: text, name: text, value: text }), { maxLength: 3 }),
});

/** Any state. */
export const anyState: fc.Arbitrary<LocalState> = fc.record({
  accountId: text,
  token: text,
  secrets: fc.record({ secretKey: text, apiKey: text, directPassKey: text }),
  contents,
});
