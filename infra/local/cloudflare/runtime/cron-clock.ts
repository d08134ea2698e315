import { parseCron } from "../../../cloudflare/cron.ts";
import type { LocalAccount } from "../account/account.ts";

const MINUTE = 60_000;

/** A cron trigger whose time has come. */
export interface DueCron {
  readonly script: string;
  readonly cron: string;
}

/** The account's cron triggers that run at this minute. */
function dueCrons(account: LocalAccount, minute: Date): readonly DueCron[] {
  return account.scripts.flatMap(({ name }) =>
    account
      .schedules(name)
      .filter((cron) => {
        const parsed = parseCron(cron);
        // An account that an earlier version saved may have one that is refused now.
        return parsed.ok && parsed.runsAt(minute);
      })
      .map((cron) => ({ script: name, cron })),
  );
}

/**
 * Calls `run` for each cron trigger at its minute, until the returned function is called. Keeps no process
 * alive.
 */
export function startCronClock(account: LocalAccount, run: (due: DueCron) => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const next = (Math.floor(Date.now() / MINUTE) + 1) * MINUTE;
    timer = setTimeout(() => {
      dueCrons(account, new Date(next)).forEach(run);
      wait();
    }, next - Date.now()).unref();
  };
  wait();
  return () => {
    clearTimeout(timer);
  };
}
