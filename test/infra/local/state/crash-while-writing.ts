// Run as a process of its own: writes one state whole, and is killed at the given moment of the second.
import { openStateFolder } from "../../../../infra/local/state/state-folder.ts";
import { stateTitled } from "./states.ts";

const [, , folder = "", deadly] = process.argv;
let isSecond = false;
const state = await openStateFolder(folder, (moment) => {
  if (isSecond && moment === deadly) process.kill(process.pid, "SIGKILL");
});
await state.save(stateTitled("first"));
isSecond = true;
await state.save(stateTitled("second"));
