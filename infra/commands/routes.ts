import { Command } from "commander";
import { withNotes } from "./help.ts";
import type { RoutesExplainOptions } from "./run/routes-explain.ts";

/** `queueit-cf routes`: what the routes of the environments do. */
export function routesCommand(): Command {
  const routes = new Command("routes").description("Ask what the routes of the environments do.");
  const explain = new Command("explain")
    .summary("Which route gets a URL, and what the Worker does with it")
    .description(
      "Say which route gets a URL, whether the Worker sees it (which is paid for), and which action would apply.",
    )
    .argument("<url>", "absolute address, for example https://shop.example.com/tickets?id=1")
    .argument("[environment]", "name of an environment (default: every one)")
    .option("--json", "print one JSON array instead of text")
    .action(async (url: string, environment: string | undefined, options: RoutesExplainOptions) => {
      const { runRoutesExplain } = await import("./run/routes-explain.ts");
      await runRoutesExplain(url, environment, options);
    });
  const exitCodes = { ok: "it is explained", userError: "the input is wrong" };
  const examples = [
    "npx queueit-cf routes explain https://shop.example.com/tickets",
    "npx queueit-cf routes explain https://shop.example.com/static/app.js production --json",
  ];
  return withNotes(routes.addCommand(withNotes(explain, { examples, exitCodes })), { exitCodes });
}
