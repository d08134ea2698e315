import type { Holdings } from "./holdings.ts";
import { type AccountContents, type WorkerHost, WorkerStartError } from "./model.ts";
import { refusals } from "./refusals.ts";

/** Makes contents last, or throws CloudflareError. */
export type Save = (contents: AccountContents) => Promise<void>;

/** When a change starts the Workers anew. */
export type StartsWorkers = (before: Holdings, after: Holdings) => boolean;

const never: StartsWorkers = () => false;

/**
 * What an account holds, and its changes one after the other. Each reads what it changes, and is refused, as
 * the one before it has left the account. It resolves once the Workers run with it and it is saved, and until
 * then nobody sees it.
 */
export class AccountChanges {
  #held: Holdings;
  #host: WorkerHost | undefined;
  #save: Save = () => Promise.resolve();
  #last: Promise<unknown> = Promise.resolve();

  constructor(held: Holdings) {
    this.#held = held;
  }

  /** As the last change has left it. */
  get held(): Holdings {
    return this.#held;
  }

  /**
   * Saves what is held now, and from then on each change before anybody sees it. What it throws refuses the
   * change.
   */
  saveWith(save: Save): Promise<void> {
    return this.#inTurn(async () => {
      await save(this.#held.contents);
      this.#save = save;
    });
  }

  /**
   * Lets the host run the Workers from now on.
   *
   * @param moved Called once they run, and before any other change.
   */
  attach(host: WorkerHost, moved: () => Promise<void>): Promise<void> {
    return this.#inTurn(async () => {
      await host.run(this.#held.deployment);
      await moved();
      this.#host = host;
    });
  }

  /** Resolves once nothing that began before the last change of the Workers is under way any more. */
  async settled(): Promise<void> {
    await this.#host?.settled?.();
  }

  /**
   * Several steps in one turn: nothing of others happens between them.
   *
   * @param work Gets what is held, and what makes other holdings the ones that are held from then on, with the
   *   Workers started anew.
   */
  inSteps<Result>(
    work: (held: Holdings, take: (next: Holdings) => Promise<void>) => Promise<Result>,
  ): Promise<Result> {
    return this.#inTurn(() => work(this.#held, (next) => this.#take(next, true)));
  }

  /**
   * Changes a copy in its turn; what is refused, does not start or cannot be saved leaves everything as it
   * was.
   */
  change<Result>(work: (draft: Holdings) => Result, startsWorkers = never): Promise<Result> {
    return this.#inTurn(async () => {
      const before = this.#held;
      const draft = before.copy();
      const result = work(draft);
      await this.#take(draft, startsWorkers(before, draft));
      return result;
    });
  }

  async #take(next: Holdings, starts: boolean): Promise<void> {
    const before = this.#held;
    if (starts) await this.#run(next);
    try {
      await this.#save(next.contents);
    } catch (error) {
      if (starts) await this.#runAgain(before);
      throw error;
    }
    this.#held = next;
  }

  async #run(held: Holdings): Promise<void> {
    try {
      await this.#host?.run(held.deployment);
    } catch (error) {
      throw error instanceof WorkerStartError ? refusals.scriptDoesNotStart(error.message) : error;
    }
  }

  async #runAgain(before: Holdings): Promise<void> {
    try {
      await this.#run(before);
    } catch {
      throw refusals.notTakenBack();
    }
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
