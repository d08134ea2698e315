import { VARIABLES } from "../../../worker/deployment/variables.ts";
import type { ReviewContext } from "../context.ts";
import { differences } from "../noise.ts";
import type { PlannedResource } from "../plan.ts";
import { type Sentence, sentence } from "../sentence.ts";
import { shown, textOf } from "../value.ts";
import { bindingChanges } from "./bindings.ts";
import type { Change } from "./change.ts";
import { effectOf } from "./effect.ts";
import { withHooksWords } from "./hooks.ts";

/** Attributes that have changes of their own. */
const TOLD_APART: ReadonlySet<string> = new Set(["bindings", "content_sha256"]);

/** What happens to a Worker: itself, its bundle, its variables and secrets, and every other setting. */
export function workerChanges(resource: PlannedResource, context: ReviewContext): readonly Change[] {
  const { address, before, after, operation, type } = resource;
  const name = shown((after ?? before)?.["script_name"] ?? address);
  const effect = effectOf(resource);
  const bundle = bundleChange(resource, context);
  const bindings = bindingChanges(address, before, after)
    .filter((change) => !tellsBundle(change, after))
    .map(withHooksWords)
    .map((change) => (resource.importedId === undefined ? change : asFirstUpload(change)));
  if (operation !== "update") {
    const sentences = [...bindings, ...bundle].map((change) => change.sentence);
    const verbs = {
      create: "created",
      destroy: "destroyed",
      replace: "replaced",
      forget: "forgotten by Terraform",
    };
    const verb = effect in verbs ? verbs[effect as keyof typeof verbs] : "changed";
    const whole: Change = {
      kind: "worker",
      effect,
      address,
      sentence: [...sentence`Worker ${name} `, verb],
      details: operation === "create" ? sentences : [],
    };
    return operation === "replace" ? [whole, ...bindings, ...bundle] : [whole];
  }
  const settings = differences(type, before, after)
    .filter(({ path }) => !TOLD_APART.has(path.replace(/[[.].*$/s, "")))
    .map((difference): Change => {
      const [was, is] = [shown(difference.before), shown(difference.after)];
      const { path } = difference;
      return {
        kind: "setting",
        effect,
        address,
        path,
        before: was,
        after: is,
        sentence: sentence`Setting ${path} of Worker ${name}: ${was} → ${is}`,
        details: [],
      };
    });
  const changes = [...bundle, ...bindings, ...settings];
  if (changes.length > 0) return changes;
  const words = sentence`Worker ${name} is uploaded again, without a change that the plan shows`;
  return [{ kind: "worker", effect, address, sentence: words, details: [] }];
}

/** Cloudflare does not tell a secret of a Worker that is taken over: whether its value changes is not known. */
function asFirstUpload(change: Change): Change {
  if (change.kind !== "secret" || change.event !== "rotated") return change;
  const words = sentence`Secret ${change.name} is uploaded again, and nobody can tell whether as another one`;
  return { ...change, event: "uploaded", sentence: words };
}

/** The Worker is told its own hash in a variable; of the bundle, `bundleChange` speaks. */
function tellsBundle(change: Change, after: PlannedResource["after"]): boolean {
  if (change.kind !== "variable" || change.name !== VARIABLES.bundle) return false;
  return change.after === textOf(after?.["content_sha256"]);
}

function bundleChange(
  { address, before, after }: PlannedResource,
  context: ReviewContext,
): readonly Change[] {
  if (after === undefined) return [];
  const [from, to] = [textOf(before?.["content_sha256"]), textOf(after["content_sha256"])];
  const isKnown = to !== undefined || after["content_sha256"] === undefined;
  if (from === to && isKnown) return [];
  const hash = to ?? "(known after apply)";
  return [
    {
      kind: "bundle",
      effect: "update",
      address,
      before: from ?? "(none)",
      after: hash,
      sentence: bundleWords(from, hash, context),
      details: from === undefined ? [] : [sentence`before: ${from}`, sentence`after: ${hash}`],
    },
  ];
}

function bundleWords(from: string | undefined, to: string, { bundleBytes }: ReviewContext): Sentence {
  const bytes = bundleBytes?.(to);
  if (from === undefined)
    return [...sentence`Worker bundle ${short(to)}`, bytes === undefined ? "" : ` (${kib(bytes)})`];
  const old = bundleBytes?.(from);
  const size =
    bytes === undefined || old === undefined
      ? ""
      : ` (${bytes < old ? "−" : "+"}${kib(Math.abs(bytes - old))})`;
  return [...sentence`Worker bundle ${short(from)} → ${short(to)}`, size];
}

function short(sha256: string): string {
  return /^[0-9a-f]{64}$/.test(sha256) ? `${sha256.slice(0, 8)}…` : sha256;
}

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}
