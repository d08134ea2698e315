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
        accountId: z.string().describe("Id of its one account."),
        zones: z
          .array(
            z.object({
              name: z.string().describe("Its name, as Cloudflare's API has it."),
              id: z.string().describe("Its id."),
              url: z.string().describe("Address on this machine that leads to the zone's own name."),
            }),
          )
          .describe("Zones of the account."),
        token: z.string().describe("Token that may do everything, on this machine only."),
        dashboardUrl: z.string().nullable().describe("Address of the dashboard; null where there is none."),
        sitesUrl: z.string().describe("Where all sites are served, by the Host of a request."),
        apiUrl: z.string().describe("Base URL of the management API."),
        healthUrl: z.string().describe("Says whether it is ready, without a token."),
        controlUrl: z
          .string()
          .describe("Base URL of the calls that reset the account and keep snapshots of it."),
        state: z.string().nullable().describe("Folder that keeps the account; null where nothing does."),
        tokens: values.describe("Tokens that were asked for with --token, by name."),
      })
      .describe(
        "The line that `local --json` prints when it is ready. Its values are of use on this machine only.",
      ),
);
