import { wantsColours } from "../../console/colours.ts";
import { destroy } from "../../deploy/destroy.ts";
import { terminalReport } from "../../plan/report/terminal.ts";
import { goOnUnread } from "../../console/output.ts";
import { reviewVariables } from "./review-variables.ts";
import { terminal } from "./terminal.ts";
import { readyTarget } from "./ready-target.ts";
import { terraform } from "./workspace.ts";

export interface DestroyCommandOptions {
  readonly yes?: string;
}

/** Takes an environment down. */
export async function runDestroy(name: string, { yes }: DestroyCommandOptions): Promise<void> {
  goOnUnread();
  const target = await readyTarget(name);
  const destroyed = await destroy({
    target,
    open: await terraform(),
    confirmedName: yes,
    extras: reviewVariables(process.env),
    console: terminal,
    report: (review) => {
      terminal.print(terminalReport(review, wantsColours));
    },
  });
  terminal.print(destroyed ? `\n${name} is taken down.\n` : `Nothing of ${name} is deployed.\n`);
}
