import { z } from "zod";
import { type CloudflareAccess, readIfThere } from "./read-api.ts";
import { writeApi } from "./write-api.ts";

const PERMISSION = "read the account's Workers (Account · Workers Scripts · Read)";

/** A binding as Cloudflare tells it, as far as the switch needs it: never a secret's value. */
export interface ToldBinding {
  readonly type: string;
  readonly name: string;
  readonly text?: string | undefined;
  readonly namespace_id?: string | undefined;
  readonly service?: string | undefined;
}

export interface NamedWorker {
  readonly accountId: string;
  readonly worker: string;
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
          service: z.string().optional(),
        }),
      )
      .nullish(),
  }),
});

/**
 * The bindings of a Worker's newest version.
 *
 * @returns Undefined where the account has no Worker of this name.
 * @throws UserError when Cloudflare does not tell.
 */
export async function workerBindings(
  named: NamedWorker,
  access: CloudflareAccess,
): Promise<readonly ToldBinding[] | undefined> {
  const told = await readIfThere(settingsPath(named), access, PERMISSION, settings);
  return told && (told.result.bindings ?? []);
}

/**
 * Gives a variable of a Worker another text, by a new version of the same code. Every other binding is inherited, and
 * so stays what it is: secrets, whose values nobody can read, among them.
 *
 * @param bindings All that the Worker has: what is not named here would be taken away.
 * @throws WriteRefused when Cloudflare does not confirm it.
 */
export async function writeVariable(
  named: NamedWorker,
  bindings: readonly ToldBinding[],
  { name, text }: { readonly name: string; readonly text: string },
  access: CloudflareAccess,
): Promise<void> {
  const changed = bindings.map((binding) =>
    binding.name === name ? { type: "plain_text", name, text } : { type: "inherit", name: binding.name },
  );
  // The documented form of this call is a form with one part, also for JSON.
  const form = new FormData();
  form.set("settings", new Blob([JSON.stringify({ bindings: changed })], { type: "application/json" }));
  await writeApi(settingsPath(named), access, { method: "PATCH", body: form });
}

function settingsPath({ accountId, worker }: NamedWorker): string {
  return `/accounts/${encodeURIComponent(accountId)}/workers/scripts/${encodeURIComponent(worker)}/settings`;
}
