import { type ConfigurationChange, ConfigurationDesk } from "./configuration-desk.ts";
import { demoConfiguration } from "./demo-configuration.ts";
import { Lines } from "./lines.ts";
import type { LocalQueueItOptions } from "./options.ts";
import { type PublishResult, Publisher } from "./publisher.ts";
import { createRoutes } from "./routes.ts";

/** What can be seen and changed while it runs. */
export interface LocalQueueItControl {
  /** The integration configuration as JSON. */
  readonly getConfiguration: () => string;
  /** Version of that configuration. */
  getVersion(): number;
  /**
   * Takes a new integration configuration under the next version. It reaches the Worker with the next
   * publish.
   */
  setConfiguration(json: string): ConfigurationChange;
  /** Visitors let in per minute and waiting room. */
  getOutflow(): number;
  /** Changes the outflow at once, also for those already in line. */
  setOutflow(perMinute: number): void;
  /** Visitors in line in each waiting room of the configuration. */
  getLines(): readonly { readonly waitingRoomId: string; readonly length: number }[];
  /** All lines together, also those of waiting rooms that the configuration has no more. */
  getFlow(): { readonly joined: number; readonly passed: number; readonly waiting: number };
  /** Puts that many imaginary visitors at the end of every line. */
  addCrowd(count: number): void;
  /** Publishes the integration configuration to the Worker. Never rejects. */
  publishNow(): Promise<PublishResult>;
  /** How the last publish call went; `undefined` before the first. */
  lastPublish(): PublishResult | undefined;
  /** The last publish call that the Worker took; `undefined` before the first. */
  lastAccepted(): PublishResult | undefined;
}

export interface LocalQueueIt extends LocalQueueItControl {
  readonly fetch: (request: Request) => Promise<Response>;
}

/**
 * A Queue-it on this machine: waiting rooms, error and cancel pages, and the integration configuration.
 *
 * @throws Error when the configuration to begin with is not valid.
 */
export function createLocalQueueIt(options: LocalQueueItOptions): LocalQueueIt {
  const { customerId, secretKey, sites, now = Date.now } = options;
  const desk = new ConfigurationDesk(options.configuration ?? demoConfiguration(sites, { customerId }));
  const lines = new Lines(options.outflow ?? 20, now);
  const publisher = new Publisher({ publishUrl: options.publishUrl, secretKey, send: options.publish, now });
  const routes = createRoutes({ ...options, now, desk, lines });

  return {
    fetch: async (request) => routes.fetch(request),
    getConfiguration: () => desk.json,
    getVersion: () => desk.version,
    setConfiguration: (json) => desk.change(json),
    getOutflow: () => lines.outflow,
    setOutflow: (perMinute) => {
      lines.outflow = perMinute;
    },
    getLines: () =>
      desk.waitingRooms().map((waitingRoomId) => ({ waitingRoomId, length: lines.length(waitingRoomId) })),
    getFlow: () => lines.flow(),
    addCrowd: (count) => {
      for (const waitingRoomId of desk.waitingRooms()) lines.addCrowd(waitingRoomId, count);
    },
    publishNow: () => publisher.publish(desk.json, desk.version),
    lastPublish: () => publisher.last,
    lastAccepted: () => publisher.lastAccepted,
  };
}
