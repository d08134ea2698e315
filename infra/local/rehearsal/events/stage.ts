import { CONFIGURATION_KEY, INDEX_KEY } from "../../../../worker/deployment/variables.ts";
import { sha256Of } from "../../../files/sha256.ts";
import { publishCall } from "../../../queue-it/publish-call.ts";
import { statusCall } from "../../../verify/status-call.ts";
import { makeLocalSecrets } from "../../server/local-secrets.ts";
import type { Protections } from "../judge/protections.ts";
import type { RehearsedQueueIt } from "../lines/rehearsed-queue-it.ts";
import type { Prepared } from "../prepare.ts";
import type { RehearsedWorker } from "../world/world-options.ts";
import type { World } from "../world/world.ts";
import { Faults } from "./faults.ts";

/** Everything that an event can change. */
export class Stage {
  readonly faults = new Faults();
  /** Whether the routes lead to the Worker. */
  isOn = true;
  /** Whether the site takes its time. */
  isSiteSlow = false;
  /** When the secret was rotated last, in milliseconds since 1970. */
  rotatedAtMs: number | undefined;
  /** A version that is not known to be everywhere yet. */
  #spreading: { readonly version: number; readonly sinceMs: number } | undefined;
  #worker: RehearsedWorker;
  #secrets: Prepared["world"]["secrets"];
  #deploys = 0;

  constructor(
    readonly prepared: Prepared,
    readonly world: World,
    readonly queueIt: RehearsedQueueIt,
    readonly protections: Protections,
  ) {
    this.#worker = prepared.world.worker;
    this.#secrets = prepared.world.secrets;
  }

  /** Brings the desk's configuration to the Worker, as the environment gets it. Gives what became of that. */
  async deliver(now: number): Promise<string> {
    const { desk, delivery } = this.prepared;
    this.protections.add(desk.json);
    this.world.surround({ configuration: desk.json });
    await this.world.tick(now);
    const outcome = await this.#delivered();
    await this.world.tick(now);
    this.#spreading = { version: desk.version, sinceMs: now };
    return delivery.how === "put" ? `version ${desk.version} is in KV` : outcome;
  }

  /** Looks whether a version that was brought is everywhere. Gives the words for that when it is. */
  async lookAfter(now: number): Promise<string | undefined> {
    const spreading = this.#spreading;
    if (spreading === undefined) return undefined;
    const { version, sinceMs } = spreading;
    const { isOurWorker, configurationTtlMs } = this.prepared;
    const isEverywhere = isOurWorker
      ? (await this.versions(now)).every((each) => each !== undefined && each >= version)
      : now > sinceMs + configurationTtlMs + SLACK_MS;
    if (!isEverywhere) return undefined;
    this.#spreading = undefined;
    this.protections.settle(version, now);
    return `version ${version} is live everywhere after ${Math.round((now - sinceMs) / 1000)} s`;
  }

  /** The version that each isolate has; undefined where it does not say. */
  async versions(now: number): Promise<readonly (number | undefined)[]> {
    const [page] = this.prepared.pages.queued;
    if (page === undefined) return [];
    await this.world.tick(now);
    const call = statusCall(page.url, this.#secrets.secretKey, now);
    const host = new URL(page.url).host;
    const headers = Object.entries({ host, ...call.headers });
    const versions: (number | undefined)[] = [];
    for (let isolate = 0; isolate < this.world.isolates; isolate++) {
      const answer = await this.world.ask(isolate, {
        method: "GET",
        url: call.url,
        headers,
        body: undefined,
      });
      versions.push(call.read(answer)?.configuration?.version);
    }
    await this.world.tick(now);
    return versions;
  }

  /** Deploys another bundle: the same code with another hash, in new isolates. Gives its hash. */
  async deploy(): Promise<string> {
    this.#deploys += 1;
    const text = `${this.prepared.world.worker.text}\n// deploy ${this.#deploys} of a rehearsal\n`;
    this.#worker = { ...this.#worker, text, sha256: sha256Of(Buffer.from(text)) };
    await this.world.restart({ worker: this.#worker });
    return this.#worker.sha256;
  }

  /** Another secret for the Worker, by a deploy, and at the same moment for Queue-it. */
  async rotateSecret(now: number): Promise<void> {
    this.#secrets = { ...this.#secrets, secretKey: makeLocalSecrets().secretKey };
    this.queueIt.secretKey = this.#secrets.secretKey;
    this.rotatedAtMs = now;
    await this.world.restart({ secrets: this.#secrets });
  }

  /** From now on reads see what KV holds at this moment, whatever is written. */
  async makeStale(): Promise<void> {
    const values = {
      [CONFIGURATION_KEY]: await this.world.get(CONFIGURATION_KEY),
      [INDEX_KEY]: await this.world.get(INDEX_KEY),
    };
    this.world.surround({ kv: { how: "stale", values } });
  }

  async #delivered(): Promise<string> {
    const { desk, delivery } = this.prepared;
    switch (delivery.how) {
      case "publish": {
        const call = publishCall(desk.json, delivery.url, this.#secrets.secretKey);
        const headers = [...call.headers, ["host", new URL(delivery.url).host] as const];
        const body = await call.text();
        const answer = await this.world.ask(0, { method: "POST", url: delivery.url, headers, body });
        const said = answer.body.trim().slice(0, 100);
        return answer.status === 200
          ? `version ${desk.version}: ${said}`
          : `the Worker refused version ${desk.version}`;
      }
      case "pull":
        await this.world.runScheduled(delivery.cron);
        return `the Worker fetched version ${desk.version}`;
      case "put":
        await this.world.put(CONFIGURATION_KEY, desk.json);
        return "";
    }
  }
}

/** Milliseconds after the time-to-live of a configuration in which every isolate that is asked has looked again. */
const SLACK_MS = 5000;
