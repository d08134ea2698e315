import { z } from "zod";
import { defineFormat } from "../../json/format.ts";

const values = z.record(z.string(), z.string());

/** That a local Cloudflare is ready, for programs. */
export const LOCAL_READY = defineFormat(
  {
    id: "queueit-cf/local-ready/1",
    minor: 0,
    title: "A local Cloudflare that is ready",
    use: "written",
    commands: ["local"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        variables: values.describe(
          "Environment variables for Terraform, wrangler and the SDK, by name. Their secrets are made up for this run.",
        ),
        dashboardUrl: z.string().nullable().describe("Address of the dashboard; null where there is none."),
        apiUrl: z.string().describe("Base URL of the management API."),
        state: z.string().nullable().describe("Folder that keeps the account; null where nothing does."),
        tokens: values.describe("Tokens that were asked for with --token, by name."),
      })
      .describe(
        "The line that `local --json` prints when it is ready. Its values are of use on this machine only.",
      ),
);
