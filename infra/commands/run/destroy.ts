import { lookOf } from "../../console/colours.ts";
import { destroy, requireSameName } from "../../deploy/destroy.ts";
import { DESTROY } from "../../deploy/destroy-format.ts";
import { inFormat } from "../../json/format.ts";
import { untilGone } from "../../deploy/until-gone.ts";
import { toJson } from "../../plan/report/json.ts";
import { terminalReport } from "../../plan/report/terminal.ts";
import { goOnUnread } from "../../console/output.ts";
import { reviewVariables } from "./review-variables.ts";
import { switchedTargetIfKnown } from "./switched-target.ts";
import { terminal, terminalBesideJson } from "./terminal.ts";
import { reach, requireLock, terraform } from "./workspace.ts";
import { readyTarget } from "./ready-target.ts";

export interface DestroyCommandOptions {
  readonly yes?: string;
  readonly json?: true;
  readonly despiteFreeze?: string;
}

/** Takes an environment down. */
export async function runDestroy(
  name: string,
  { yes, json, despiteFreeze }: DestroyCommandOptions,
): Promise<void> {
  goOnUnread();
  const ready = await readyTarget(name);
  if (yes !== undefined) requireSameName(yes, name);
  const console = json ? terminalBesideJson : terminal;
  const output = json ? process.stderr : process.stdout;
  await requireLock(ready);
  const open = await terraform(ready);
  const target = await switchedTargetIfKnown(ready);
  const sites = reach();
  const destroyed = await destroy({
    target,
    open,
    confirmedName: yes,
    extras: { ...reviewVariables(process.env), now: Date.now() },
    despiteFreeze,
    console,
    report: (review) => {
      output.write(terminalReport(review, lookOf(output)));
    },
    untilGone: () => untilGone({ target, reach: sites, console }),
  }).finally(sites.close);
  if (json) terminal.print(toJson(inFormat(DESTROY, { environment: name, destroyed })));
  else console.say(destroyed ? `\n${name} has been taken down.` : `Nothing of ${name} is deployed.`);
}
