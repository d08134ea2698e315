import { z } from "zod";
import { defineFormat } from "../json/format.ts";
import { EXPLANATION_FIELDS } from "./explanation-fields.ts";

const answer = z.object({
  environment: z.string().describe("Name of the environment."),
  url: z.string().describe("The address, as the Worker would see it."),
  ...EXPLANATION_FIELDS,
  configuration: z
    .string()
    .nullable()
    .describe("Where the integration configuration is from; null where none is known."),
  hooks: z
    .string()
    .nullable()
    .describe(
      "File of hooks that may decide otherwise; null where there is none, or the Worker does not see it.",
    ),
  otherHosts: z
    .array(z.string())
    .nullable()
    .describe("Hostnames of the environment, where the address has none of them; null otherwise."),
});

/** What happens to requests for addresses, for programs. */
export const ROUTES_EXPLAIN = defineFormat(
  {
    id: "queueit-cf/routes-explain/1",
    minor: 0,
    title: "What happens to addresses",
    use: "written",
    commands: ["routes explain"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        answers: z
          .array(answer)
          .describe("One for each address and environment, in the order of the addresses."),
      })
      .describe("Which route gets each address, and what the Worker does there."),
);
