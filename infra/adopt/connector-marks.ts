import { CONFIGURATION_BINDING, PUBLISH_PARAMETER, VARIABLES } from "../../worker/deployment/variables.ts";
import type { DeployedWorker } from "../account/deployed-worker.ts";

/** How a Worker is known to be a Queue-it connector, in words. */
const SOURCE_MARKS: readonly (readonly [text: string, words: string])[] = [
  [PUBLISH_PARAMETER, "it takes Queue-it's publish calls"],
  ["QueueITAccepted-SDFrts345E-V3", "it issues Queue-it's session cookies"],
  ["queueittoken", "it reads Queue-it's tokens"],
];

/**
 * Why a Worker is taken for a Queue-it connector, one reason each; none when it is none. Names of bindings are
 * those of the vendor's manual, texts in the source those of Queue-it's protocol.
 */
export function connectorMarks({
  bindings,
  files,
}: Pick<DeployedWorker, "bindings" | "files">): readonly string[] {
  const names = new Set(bindings.map(({ name }) => name));
  const texts = files.map(({ content }) => content.toString("latin1"));
  return [
    ...(names.has(CONFIGURATION_BINDING) ? [`it has the binding ${CONFIGURATION_BINDING}`] : []),
    ...(names.has(VARIABLES.customerId) ? [`it has the variable ${VARIABLES.customerId}`] : []),
    ...SOURCE_MARKS.flatMap(([text, words]) =>
      texts.some((source) => source.includes(text)) ? [words] : [],
    ),
  ];
}

/** Whether it is this project's own Worker, which is told the hash of its bundle. */
export function isOurs({ bindings }: Pick<DeployedWorker, "bindings">): boolean {
  return bindings.some(({ type, name }) => type === "plain_text" && name === VARIABLES.bundle);
}
