import { z } from "zod";

const text = z.string();
const texts = z.array(text);

/** Text that lies in a file of its own, named by its SHA-256. */
export const outsideText = z.strictObject({ sha256: text.regex(/^[0-9a-f]{64}$/, "is not a SHA-256") });

const codeText = z.union([text, outsideText], { error: "is neither a text nor the name of one" });

const binding = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("kv_namespace"), name: text, namespaceId: text }),
  z.looseObject({ type: z.literal("plain_text"), name: text, text }),
  z.looseObject({ type: z.literal("json"), name: text, json: z.json() }),
  z.looseObject({ type: z.literal("secret_text"), name: text, text }),
  z.looseObject({ type: z.literal("secrets_store_secret"), name: text, storeId: text, secretName: text }),
  z.looseObject({ type: z.literal("service"), name: text, service: text, entrypoint: text.optional() }),
]);

const source = z.enum(["api", "wrangler"]);

const history = z.looseObject({
  tag: text,
  createdOn: text,
  modifiedOn: text,
  versions: z.array(z.looseObject({ id: text, number: z.number(), createdOn: text, source })),
  deployments: z.array(z.looseObject({ id: text, versionId: text, createdOn: text, source })),
});

const script = z.looseObject({
  name: text,
  mainModule: text,
  content: codeText,
  format: z.enum(["es-module", "service-worker"]),
  compatibilityDate: text,
  compatibilityFlags: texts,
  bindings: z.array(binding),
  observability: z.looseObject({ enabled: z.boolean(), samplingRate: z.number() }).optional(),
  modules: z.array(z.looseObject({ name: text, contentType: text, base64: codeText })).optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  subdomain: z.looseObject({ enabled: z.boolean(), previewsEnabled: z.boolean() }).optional(),
  history: history.optional(),
});

const token = z.looseObject({
  id: text,
  owner: z.enum(["user", "account"]),
  name: text,
  status: z.enum(["active", "disabled"]),
  sha256: text,
  issuedOn: text,
  modifiedOn: text,
  notBefore: text.optional(),
  expiresOn: text.optional(),
  policies: z.array(
    z.looseObject({
      id: text,
      effect: z.enum(["allow", "deny"]),
      permissions: texts,
      resources: z.record(text, z.union([text, z.record(text, text)])),
    }),
  ),
});

/** What an account holds, as a file has it: fields of later versions are left as they are. */
export const contentsSchema = z.looseObject({
  namespaces: z.array(z.looseObject({ id: text, title: text, storage: text.optional() })),
  scripts: z.array(script),
  routes: z.array(z.looseObject({ id: text, zoneId: text, pattern: text, script: text.optional() })),
  schedules: z.array(z.looseObject({ script: text, crons: texts, changedOn: text.optional() })),
  secrets: z.array(
    z.looseObject({
      id: text.optional(),
      storeId: text,
      name: text,
      value: text,
      comment: text.optional(),
      scopes: texts.optional(),
      createdOn: text.optional(),
      modifiedOn: text.optional(),
    }),
  ),
  stores: z.array(z.looseObject({ id: text, name: text, createdOn: text, modifiedOn: text })).optional(),
  domains: z.array(z.looseObject({ id: text, zoneId: text, hostname: text, script: text })).optional(),
  uploads: z.array(z.looseObject({ versionId: text, script })).optional(),
  leaving: texts.optional(),
  tokens: z.array(token).optional(),
});

/** Contents whose longest texts lie in files of their own. */
export type WrittenContents = z.output<typeof contentsSchema>;
