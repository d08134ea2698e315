import { z } from "zod";
import { defineFormat } from "../json/format.ts";

/** That an environment was taken down, for programs. */
export const DESTROY = defineFormat(
  {
    id: "queueit-cf/destroy/1",
    minor: 0,
    title: "An environment that was taken down",
    use: "written",
    commands: ["destroy"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        environment: z.string().describe("Name of the environment."),
        destroyed: z.boolean().describe("False where nothing of it was deployed."),
      })
      .describe("Whether an environment was taken down."),
);
