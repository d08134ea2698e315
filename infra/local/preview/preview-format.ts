import { z } from "zod";
import { milliseconds } from "../../json/fields.ts";
import { defineFormat } from "../../json/format.ts";

const step = z.object({
  title: z.string().describe("What was set up."),
  detail: z.string().describe("How, in words."),
  milliseconds: milliseconds("How long it took."),
  warning: z
    .string()
    .exactOptional()
    .describe("What will be otherwise in the real Cloudflare; left out where nothing is."),
});

const link = z.object({
  site: z.string().describe("Hostname of the site."),
  label: z.string().describe("What it is, in a word or two."),
  url: z.string().describe("Address on this machine."),
  explains: z.string().describe("What there is to see."),
});

/** That a preview is ready, for programs. */
export const PREVIEW_READY = defineFormat(
  {
    id: "queueit-cf/preview-ready/1",
    minor: 0,
    title: "A preview that is ready",
    use: "written",
    commands: ["preview"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        ready: milliseconds("How long it took from the start of the process."),
        steps: z.array(step).describe("What was set up, in order."),
        dashboardUrl: z
          .string()
          .exactOptional()
          .describe("Address of the dashboard; left out with --check, which ends by itself."),
        links: z.array(link).exactOptional().describe("What to open; left out with --check."),
      })
      .describe("The first line of `preview --json`."),
);

/** One step of a preview's check, for programs. */
export const PREVIEW_STEP = defineFormat(
  {
    id: "queueit-cf/preview-step/1",
    minor: 0,
    title: "A step of a preview's check",
    use: "written",
    commands: ["preview"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        step: z.string().describe("What was tried."),
        outcome: z
          .enum(["passed", "failed", "skipped"])
          .describe("skipped: it could not be tried, so nobody knows; why is in the detail."),
        detail: z
          .string()
          .describe("What was seen, what is wrong and where to look, or why it was not tried."),
        milliseconds: milliseconds("How long it took."),
      })
      .describe("Each further line of `preview --check --json`: one step, as it is done."),
);
