import type { AccountInventory } from "../account/account-inventory.ts";
import type { DeployedBinding, DeployedWorker } from "../account/deployed-worker.ts";
import type { WorkerTraffic } from "../account/worker-traffic.ts";
import { isOurs } from "./connector-marks.ts";
import { type AdoptionFinding, note, stop } from "./finding.ts";
import type { FoundNames } from "./worker-names.ts";

/** Why the Worker that runs cannot stay. @param pasted Names of secrets in its source. */
export function cannotKeep(
  worker: DeployedWorker,
  names: FoundNames,
  pasted: readonly string[],
): readonly AdoptionFinding[] {
  const { name, files } = worker;
  const remedy = "adopt it with --worker replace, which uploads this project's own Worker in its place";
  const unknown = unknownBindings(worker, names);
  const others = files.filter(({ name: file }) => file !== undefined && !/\.(?:[cm]?js|txt)$/i.test(file));
  return [
    ...(files.length === 1
      ? []
      : [stop(`The Worker ${name} has ${files.length} files, and one can be kept.`, remedy)]),
    ...(files.length === 1 && others.length > 0
      ? [stop(`The Worker ${name} is ${others.map((file) => file.name).join(", ")}, not JavaScript.`, remedy)]
      : []),
    ...(pasted.length > 0
      ? [
          stop(
            `The source of the Worker ${name} has ${pasted.join(" and ")} written into it, and would ` +
              "carry it into this repository.",
            remedy,
          ),
        ]
      : []),
    ...(unknown.length > 0
      ? [
          stop(
            `The Worker ${name} also has ${unknown.map(bindingWords).join(", ")}, which an environment ` +
              "cannot say: the first deploy would take it away from a Worker that may need it.",
            "if one of them is something of the manual under another name, say which, for example with " +
              `--called QUEUEIT_SECRET_KEY=${unknown[0]?.name ?? ""}; otherwise ${remedy}`,
          ),
        ]
      : []),
  ];
}

/** What this project's own Worker changes in the place of the one that runs. */
export function replaced(worker: DeployedWorker, names: FoundNames): readonly AdoptionFinding[] {
  // Of other Workers, chainFindings speaks.
  const unknown = unknownBindings(worker, names).filter(({ type }) => type !== "service");
  return [
    ...(isOurs(worker)
      ? [
          note(
            `The Worker ${worker.name} is this project's own, deployed from another checkout or with another state: ` +
              "the first deploy uploads this checkout's bundle. Two states that have the same objects undo each " +
              "other's work.",
            "find out who deploys it, and see to it that nobody does so from there any more",
          ),
        ]
      : [
          note(
            `The first deploy uploads this project's own Worker in the place of ${worker.name}. Sessions stay ` +
              "valid as long as the secret key is the same.",
            "try it with: npx queueit-cf preview, and keep the old source at hand",
          ),
        ]),
    ...(unknown.length > 0
      ? [
          note(
            `The first deploy takes away ${unknown.map(bindingWords).join(", ")}, which this project's Worker ` +
              "does not use.",
            "keep the values if something else needs them",
          ),
        ]
      : []),
  ];
}

/** What else an upload changes, whoever's Worker it is. */
export function settingFindings(
  { name, otherSettings, schedules }: DeployedWorker,
  { workers }: AccountInventory,
  cron: string | undefined,
): readonly AdoptionFinding[] {
  const deployedFrom = workers.find((worker) => worker.name === name)?.deployedFrom;
  const others = schedules.filter((schedule) => schedule !== cron);
  return [
    ...(otherSettings.length > 0
      ? [
          note(
            `The Worker ${name} also has ${otherSettings.join(" and ")}, which an environment cannot say: the ` +
              "first deploy takes that away.",
            "go on if nothing depends on it",
          ),
        ]
      : []),
    ...(deployedFrom === "wrangler"
      ? [
          note(
            `${name} was deployed by wrangler: whoever runs it again undoes what is deployed from here.`,
            "delete its wrangler configuration, and its job in the pipeline",
          ),
        ]
      : []),
    ...(others.length === 0
      ? []
      : cron === undefined
        ? [
            note(
              `The Worker runs on a schedule (${others.join("; ")}) that an environment has no use for unless the ` +
                "Worker fetches the integration configuration itself: it stays as it is, outside of Terraform.",
              'delete it in the dashboard, or write integrationConfiguration: { owner: "pull", cron: "…" }',
            ),
          ]
        : [
            note(
              `The Worker runs on ${schedules.length} schedules, and an environment has one: the first deploy ` +
                `keeps ${cron} and takes away ${others.join("; ")}.`,
              "choose another one with cron in the file, before you deploy",
            ),
          ]),
  ];
}

/** Which versions of the Worker answer, and where beside its routes. */
export function trafficFindings(
  { name }: DeployedWorker,
  { answering, newest, isOnWorkersDev }: WorkerTraffic,
  keepsWorker: boolean,
): readonly AdoptionFinding[] {
  const [first, ...others] = answering;
  const isNewestIdle = first !== undefined && newest !== undefined && first.id !== newest;
  return [
    ...(others.length > 0
      ? [
          (keepsWorker ? stop : note)(
            `${answering.length} versions of the Worker ${name} answer at the same time ` +
              `(${answering.map(({ id, percentage }) => `${id.slice(0, 8)}: ${percentage} %`).join(", ")}). What is ` +
              "described here is the one that was uploaded last, and the first deploy ends the split.",
            "finish the gradual deployment in the dashboard, or roll it back, then adopt again",
          ),
        ]
      : isNewestIdle
        ? [
            stop(
              `The newest version of the Worker ${name} (${newest.slice(0, 8)}) was uploaded and is not deployed: ` +
                `visitors get ${first.id.slice(0, 8)}, and Cloudflare hands out the newest one only.`,
              "deploy the newest version in the dashboard, or upload the one that runs again, then adopt again",
            ),
          ]
        : []),
    ...(isOnWorkersDev
      ? [
          note(
            `The Worker ${name} also has an address under workers.dev, which is no part of an environment: it stays ` +
              "as it is.",
            "switch it off in the dashboard (Settings, Domains & Routes) unless somebody uses it",
          ),
        ]
      : []),
  ];
}

function unknownBindings({ bindings }: DeployedWorker, names: FoundNames): readonly DeployedBinding[] {
  const known = new Set([...names.values()].map(({ name }) => name));
  return bindings.filter(({ name }) => !known.has(name));
}

function bindingWords({ type, name }: DeployedBinding): string {
  return `${name} (${type})`;
}
