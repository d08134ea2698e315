import { parseCron } from "../../../cloudflare/cron.ts";
import { refusals } from "./refusals.ts";
import type { AccountContents } from "./model.ts";

interface CronTriggers {
  readonly crons: readonly string[];
  /** ISO 8601. */
  readonly changedOn: string;
}

/** The cron triggers of an account's Workers. Throws CloudflareError when Cloudflare would refuse. */
export class CronSchedules {
  readonly #schedules = new Map<string, CronTriggers>();

  constructor(held: AccountContents["schedules"] = []) {
    for (const { script, crons, changedOn = new Date().toISOString() } of held) {
      this.#schedules.set(script, { crons, changedOn });
    }
  }

  get all(): AccountContents["schedules"] {
    return [...this.#schedules].map(([script, triggers]) => ({ script, ...triggers }));
  }

  of(script: string): CronTriggers | undefined {
    return this.#schedules.get(script);
  }

  put(script: string, crons: readonly string[]): void {
    for (const cron of crons) if (!parseCron(cron).ok) throw refusals.cronNotValid(cron);
    const triggers = { crons: [...new Set(crons)], changedOn: new Date().toISOString() };
    // Terraform shows a new date as a change that somebody else made.
    const isSame = (this.of(script)?.crons ?? []).join() === triggers.crons.join();
    if (!isSame) this.#schedules.set(script, triggers);
  }

  delete(script: string): void {
    this.#schedules.delete(script);
  }
}
