import { z } from "zod";
import { count, milliseconds, sha256 } from "../../../json/fields.ts";
import { defineFormat } from "../../../json/format.ts";
import { borrowedFields, measuredFields } from "./measured-fields.ts";
import { settledScenario } from "./scenario-fields.ts";
import { LEVELS } from "./verdict.ts";

const story = z.object({
  promise: z.string().describe("The promise that was broken."),
  visitor: z
    .object({
      number: z.number().describe("Which visitor."),
      kind: z.string().describe("What kind of visitor."),
    })
    .describe("Who it happened to."),
  atMs: milliseconds("When it happened."),
  what: z.string().describe("What happened, in one sentence."),
  story: z
    .array(
      z.object({
        atMs: milliseconds("When."),
        asked: z.string().describe("What the visitor asked for."),
        got: z.string().describe("What came back."),
      }),
    )
    .describe("Everything this visitor did and got, in order, without values of tokens and cookies."),
});

const promise = z.object({
  promise: z.enum(["turn", "order", "place", "answered"]).describe("Which promise."),
  state: z
    .enum(["kept", "excepted", "broken", "not-tried"])
    .describe(
      "excepted: kept but for what the environment has for a connector that fails. not-tried: nobody knows.",
    ),
  title: z.string().describe("What is promised."),
  sentence: z.string().describe("How it went."),
  breaches: count("How often it was broken."),
  stories: z.array(story).describe("Whole stories of some of these."),
});

const fix = z.object({
  rule: z.string().describe("Name of the rule; docs/rehearsal/verdict.md has a table of them."),
  level: z.enum(LEVELS).describe("How much it would hurt at the sale."),
  title: z.string().describe("What it is, in a few words."),
  explanation: z.string().describe("What it would mean at the sale."),
  remedy: z.string().describe("What to do."),
});

const waits = z.object({
  count: count("How many were let in."),
  medianMs: milliseconds("Half of them waited no longer."),
  p95Ms: milliseconds("95 % of them waited no longer."),
  longestMs: milliseconds("Nobody waited longer."),
});

const line = z.object({
  longest: count("Visitors in all lines at once, at most."),
  longestAtMs: milliseconds("When that was."),
  left: count("Visitors who still waited when it was over."),
  emptyAtMs: z
    .number()
    .nullable()
    .describe("When nobody waited any more; null where somebody did to the end, or nobody ever did."),
});

const traffic = z.object({
  requests: count("All requests."),
  bypassed: count("Requests that were routed past the Worker: they cost nothing."),
  invocations: count("What Cloudflare charges for."),
  outcomes: z
    .array(
      z.object({
        name: z.string().describe("What became of them. There may be more."),
        words: z.string().describe("The same in words."),
        requests: count("How many."),
      }),
    )
    .describe("The requests by what became of them, without those that are none."),
});

const usd = (what: string) => z.number().describe(`US dollars ${what}`);
const above = usd("on top of the plan's price, where nothing else in the month uses what the plan includes.");
const atMost = usd("where all of what the plan includes is used by something else.");

const cost = z.object({
  visitors: z.number().describe("Visitors at the real sale."),
  lines: z
    .array(
      z.object({
        what: z.string().describe("What is charged for."),
        amount: z.number().describe("How much of it."),
        included: z.number().describe("How much of it the plan includes."),
        aboveIncludedUsd: above,
        atMostUsd: atMost,
      }),
    )
    .describe("Each thing that is charged for."),
  aboveIncludedUsd: above,
  atMostUsd: atMost,
  priceList: z
    .object({
      source: z.string().describe("Where it is from."),
      asOf: z.string().describe("As of which day."),
      monthlyUsd: z.number().describe("US dollars a month for the plan."),
    })
    .describe("The price list."),
  estimated: z.array(z.string()).describe("What is no measurement, and why."),
});

/** What a rehearsal has shown, with what it is made of, for programs. */
export const REHEARSE = defineFormat(
  {
    id: "queueit-cf/rehearse/1",
    minor: 0,
    title: "Verdict of a rehearsal",
    use: "written",
    commands: ["rehearse"],
    elsewhere: "the file `rehearsal.json` of `rehearse --out`",
  },
  (mark) =>
    z
      .object({
        ...mark,
        passed: z.boolean().describe("Whether no promise is broken."),
        environment: z.string().describe("Name of the environment."),
        worker: z.string().describe("Name of the Worker."),
        bundleHash: sha256("SHA-256 of the bundle that it began with."),
        scenario: settledScenario,
        startedAt: z.string().describe("When it began, in real time: ISO 8601."),
        tookMs: milliseconds("How long it took, in real time."),
        simulatedMs: milliseconds("How long it took by its own clock."),
        endedBy: z
          .enum(["done", "duration", "real-time", "interrupted"])
          .describe("What ended it: of what was ended early, the verdict is about what was seen so far."),
        headline: z.string().describe("The whole in one sentence."),
        promises: z.array(promise).describe("What visitors are promised, in the order in which it matters."),
        fixes: z.array(fix).describe("What to fix before the sale, the gravest first."),
        waits: z
          .array(waits.extend({ kind: z.string().describe("What kind of visitor.") }))
          .describe("How long each kind of visitor waited that got into a line."),
        line: line.describe("The lines."),
        failedOpen: z
          .array(
            z.object({
              reason: z.string().describe("Why, as the Worker's log has it."),
              requests: count("How many requests."),
              visitors: count("Of how many visitors."),
            }),
          )
          .describe("Visitors who were let through since something of ours failed."),
        traffic: traffic.describe("Where the requests went."),
        cost: cost.describe("What the real sale would cost at Cloudflare."),
        notTried: z.array(z.string()).describe("What this rehearsal says nothing about."),
        ...measuredFields(waits),
        ...borrowedFields,
      })
      .describe(
        "What a rehearsal has shown. Times are milliseconds by its own clock, unless a name says otherwise.",
      ),
);
