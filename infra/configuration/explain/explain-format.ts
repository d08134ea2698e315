import { z } from "zod";
import { count } from "../../json/fields.ts";
import { defineFormat, openWord } from "../../json/format.ts";
import { EXPLANATION_FIELDS } from "../../plan/explanation-fields.ts";
import { WORKER_LOG } from "./worker-log-format.ts";

const condition = z.object({
  words: z.string().describe('The condition in words: `the path contains "/tickets"`.'),
  holds: z.boolean().describe("Whether it is true of the request."),
  seen: z.string().nullable().describe("What was compared; null where nothing is."),
});

const action = z.object({
  order: z.int().positive().describe("Place in the configuration, from 1."),
  name: z.string().describe("Its name."),
  type: z.string().describe("Queue, Cancel, Ignore, or another word of the integration configuration."),
  matches: z.boolean().describe("Whether one of its triggers is true."),
  triggers: z
    .array(
      z.object({
        operator: z.enum(["and", "or"]).describe("Whether all or one of its conditions have to be true."),
        holds: z.boolean().describe("Whether they are."),
        conditions: z.array(condition).describe("Each of its conditions."),
      }),
    )
    .describe("Each of its triggers."),
});

const credential = z.object({
  kind: z.enum(["session", "token"]).describe("A session cookie, or a queue token."),
  waitingRoom: z.string().describe("Id of its waiting room."),
  state: z
    .enum(["valid", "refused", "none", "not-checked"])
    .describe("none: the request has none. not-checked: nobody said the secret key."),
  words: z.string().describe("The same in words."),
});

const matched = z.object({
  name: z.string().nullable().describe("Its name; null where it has none."),
  type: z.string().describe("Queue, Cancel, Ignore, or another word of the integration configuration."),
  waitingRoom: z.string().nullable().describe("Id of the waiting room; null where it has none."),
});

const OUTCOMES = [
  ...["pass", "to-queue-it", "strip-token", "preflight", "prefetch", "publish-call", "failure"],
  "not-checked",
];

const worker = z.object({
  actions: z.array(action).describe("The actions up to the one that counts, or all of them where none does."),
  action: matched.nullable().describe("The action that counts; null where none does."),
  notAsked: count("How many actions come after the one that counts, and were not looked at."),
  reading: z
    .string()
    .nullable()
    .describe("Spelling of the URL that decided, where it is not the one that came; null otherwise."),
  credentials: z.array(credential).describe("Session cookies and tokens that count."),
  outcome: openWord("What the Worker decides.", OUTCOMES),
  chainedWorker: z.string().nullable().describe("The Worker that answers what passes; null for the origin."),
  isAjax: z
    .boolean()
    .describe("Whether the visitor's script is told the address in a header, in place of a redirect."),
  words: z.string().describe("What the visitor gets, in words."),
  address: z
    .string()
    .nullable()
    .describe("Where the visitor is sent, without the values of tokens; null where nowhere."),
  notes: z.array(z.string()).describe("What is not asked here, and may change the decision."),
  log: z
    .array(WORKER_LOG.schema.pick({ event: true, reason: true }))
    .describe("What the Worker would write to its log."),
});

/** What happens to one request, for programs. */
export const CONFIG_EXPLAIN = defineFormat(
  {
    id: "queueit-cf/config-explain/1",
    minor: 0,
    title: "What happens to one request",
    use: "written",
    commands: ["config explain"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        environment: z.string().describe("Name of the environment."),
        configuration: z
          .string()
          .nullable()
          .describe("Where the integration configuration is from; null where none is known."),
        method: z.string().describe("Method of the request."),
        url: z.string().describe("Its address, without the values of tokens."),
        route: z
          .object(EXPLANATION_FIELDS)
          .omit({ action: true })
          .describe("What the route of the address does with it."),
        worker: worker
          .nullable()
          .describe("What the Worker does; null where no route brings the request to it, or nobody knows."),
        unknown: z
          .string()
          .exactOptional()
          .describe("Why the integration configuration is not known; left out where it is."),
      })
      .describe("What happens to one request, step by step. No token and no cookie of it is shown."),
);
