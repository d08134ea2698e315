import { z } from "zod";
import type { WorkerStatus } from "../../worker/status/status-protocol.ts";
import { defineFormat } from "../json/format.ts";

const configuration = z.object({
  version: z.number().describe("Its version."),
  actions: z.number().describe("How many actions it has."),
  hash: z.string().optional().describe("Hash of its text, keyed with the secret key."),
  text: z.string().nullish().describe("Its text; null or left out where the call does not ask for it."),
});

const action = z.object({
  name: z.string().describe("Its name."),
  type: z.string().describe("Queue, Cancel, Ignore, or another word of the integration configuration."),
  waitingRoom: z.string().describe("Id of the waiting room."),
  queueDomain: z.string().describe("Host of the waiting room."),
});

const status: z.ZodType<WorkerStatus> = z
  .object({
    connector: z.string().describe("Version of the connector."),
    bundle: z.string().nullable().describe("SHA-256 of the bundle; null where the deployment wrote none."),
    failure: z.enum(["open", "closed"]).describe("What visitors get where the connector fails."),
    owner: z.enum(["publish", "pull", "file"]).describe("Who owns the integration configuration."),
    hooks: z
      .array(z.string())
      .readonly()
      .optional()
      .describe("Names of the site's own hooks in the bundle; left out where it has none."),
    chained: z.boolean().optional().describe("Whether another Worker answers what passes."),
    configuration: configuration
      .nullable()
      .describe("The integration configuration in this isolate's memory; null when it has none."),
    action: action.nullable().describe("What a new visitor of the page meets there; null for no action."),
  })
  .describe("What a Worker says of itself to who knows the secret key.");

/** A Worker's answer to a status call: bundles that are older than this command, and newer ones, have to be understood. */
export const WORKER_STATUS = defineFormat(
  {
    id: "queueit-cf/worker-status/1",
    minor: 0,
    title: "What a Worker says of itself",
    use: "kept",
    elsewhere: "the Worker's answer to a signed status call",
  },
  () => status,
);
