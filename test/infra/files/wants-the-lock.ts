// Run as a process of its own: at each line of its input, a folder, it takes that folder's lock or says who
// has it.
import { createInterface } from "node:readline";
import { lockFolder } from "../../../infra/files/folder-lock.ts";

const say = (text: string) => process.stdout.write(`${text}\n`);

say("ready");
for await (const folder of createInterface(process.stdin)) {
  const outcome = await lockFolder(folder, ({ holder }) => new Error(holder)).then(
    () => "locked",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  say(outcome);
}
