import { z } from "zod";
import { defineFormat } from "../json/format.ts";

const action = z.object({
  order: z.int().positive().describe("From 1: the first that matches counts."),
  name: z.string().describe("Its name."),
  type: z.string().describe("What it does, in words."),
  waitingRoom: z.string().describe("Id of the waiting room; empty where nobody is sent there."),
  queueDomain: z.string().describe("Host of the waiting room; empty where nobody is sent there."),
  validity: z.string().describe("How long a session lasts, in words; empty where none is issued."),
  triggers: z.array(z.string()).describe("It applies where one of them is true."),
  notes: z.array(z.string()).describe("Whatever else changes what visitors meet."),
});

/** An integration configuration, for programs. */
export const CONFIG_SHOW = defineFormat(
  {
    id: "queueit-cf/config-show/1",
    minor: 0,
    title: "An integration configuration in words",
    use: "written",
    commands: ["config show"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        source: z.string().describe("Where it is from."),
        environment: z.string().nullable().describe("Name of the environment; null for a file."),
        version: z.number().describe("Version of the integration configuration."),
        actions: z.array(action).describe("Its actions in their order."),
      })
      .describe("What an integration configuration does."),
);
