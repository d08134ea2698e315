import { KvOperationError } from "../runtime/runtime-kv.ts";

/** So many lines of a stack are told. */
const FRAMES = 5;

/**
 * What an operator can be told of a fault of ours: what kind of error it was and where it happened. Messages
 * may repeat a value, such as those of JSON.parse, so only one that is known to hold none is told.
 */
export function reasonWithoutSecrets(error: Error): string {
  if (error instanceof KvOperationError) return `${error.name}: ${error.message}`;
  const code = "code" in error && typeof error.code === "string" ? ` (${error.code})` : "";
  return [`${error.name}${code}`, ...framesOf(error)].join("\n");
}

/**
 * The lines of a stack that name a place. A message that looks like one is not among them: it comes first.
 */
function framesOf({ message, stack = "" }: Error): readonly string[] {
  const afterMessage = stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : "";
  return afterMessage
    .split("\n")
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, FRAMES);
}
