import { z } from "zod";
import { type CloudflareAccess, readApi, readRaw } from "./read-api.ts";
import { type UploadedFile, filesOf } from "./worker-content.ts";

const PERMISSION = "read the account's Workers (Account · Workers Scripts · Read)";

/** A binding as Cloudflare tells it: never the value of a secret. */
export interface DeployedBinding {
  readonly type: string;
  readonly name: string;
  /** Of a variable in clear. */
  readonly text: string | undefined;
  /** Of a KV namespace. */
  readonly namespaceId: string | undefined;
  /** Of a secret in a Secrets Store. */
  readonly storeId: string | undefined;
  readonly secretName: string | undefined;
  /** Of another Worker: its name, and the class of it that is called. */
  readonly service?: string | undefined;
  readonly entrypoint?: string | undefined;
}

/** A Worker as an account has it. */
export interface DeployedWorker {
  readonly name: string;
  readonly format: "es-module" | "service-worker";
  readonly files: readonly UploadedFile[];
  readonly bindings: readonly DeployedBinding[];
  readonly compatibilityDate: string | undefined;
  readonly compatibilityFlags: readonly string[];
  /** Cron expressions, UTC. */
  readonly schedules: readonly string[];
  /** Logs in the dashboard; undefined where Cloudflare does not tell. */
  readonly observability: { readonly enabled: boolean; readonly samplingRate: number } | undefined;
  /** What else is set for it, in words, for example `a placement`. */
  readonly otherSettings: readonly string[];
}

const settings = z.object({
  result: z.object({
    bindings: z
      .array(
        z.object({
          type: z.string(),
          name: z.string(),
          text: z.string().optional(),
          namespace_id: z.string().optional(),
          store_id: z.string().optional(),
          secret_name: z.string().optional(),
          service: z.string().optional(),
          entrypoint: z.string().nullish(),
        }),
      )
      .nullish(),
    compatibility_date: z.string().nullish(),
    compatibility_flags: z.array(z.string()).nullish(),
    observability: z
      .object({ enabled: z.boolean(), head_sampling_rate: z.number().min(0).max(1).nullish() })
      .nullish(),
    logpush: z.boolean().nullish(),
    tail_consumers: z.array(z.unknown()).nullish(),
    placement: z.looseObject({ mode: z.string().nullish() }).nullish(),
    limits: z.record(z.string(), z.unknown()).nullish(),
  }),
});
type Settings = z.output<typeof settings>["result"];
const schedules = z.object({ result: z.object({ schedules: z.array(z.object({ cron: z.string() })) }) });

/**
 * Everything that Cloudflare tells of a Worker.
 *
 * @returns Undefined when the account has none of this name.
 * @throws UserError when Cloudflare does not tell.
 */
export async function deployedWorker(
  accountId: string,
  name: string,
  access: CloudflareAccess,
): Promise<DeployedWorker | undefined> {
  const script = `/accounts/${accountId}/workers/scripts/${encodeURIComponent(name)}`;
  const content = await readRaw(`${script}/content/v2`, access, PERMISSION);
  if (content === undefined) return undefined;
  const [{ result: told }, { result: planned }] = await Promise.all([
    readApi(`${script}/settings`, access, PERMISSION, settings),
    readApi(`${script}/schedules`, access, PERMISSION, schedules),
  ]);
  const files = filesOf(Buffer.from(content.bytes), content.contentType);
  return {
    name,
    format: files.some((file) => file.name !== undefined) ? "es-module" : "service-worker",
    files,
    bindings: (told.bindings ?? []).map((binding) => ({
      type: binding.type,
      name: binding.name,
      text: binding.text,
      namespaceId: binding.namespace_id,
      storeId: binding.store_id,
      secretName: binding.secret_name,
      service: binding.service,
      entrypoint: binding.entrypoint ?? undefined,
    })),
    compatibilityDate: told.compatibility_date ?? undefined,
    compatibilityFlags: told.compatibility_flags ?? [],
    schedules: planned.schedules.map(({ cron }) => cron),
    observability: told.observability
      ? { enabled: told.observability.enabled, samplingRate: told.observability.head_sampling_rate ?? 1 }
      : undefined,
    otherSettings: otherSettingsOf(told),
  };
}

function otherSettingsOf({ logpush, tail_consumers, placement, limits }: Settings): readonly string[] {
  return [
    ...(logpush === true ? ["Logpush"] : []),
    ...((tail_consumers ?? []).length > 0 ? ["tail consumers"] : []),
    ...(placement?.mode ? ["a placement"] : []),
    ...(Object.keys(limits ?? {}).length > 0 ? ["limits"] : []),
  ];
}
