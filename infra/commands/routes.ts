import { Command, Option } from "commander";
import type { RoutesExplainOptions } from "./run/routes-explain.ts";

/** `queueit-cf routes`: what the routes of the environments do. */
export function routesCommand(): Command {
  const routes = new Command("routes").description("Ask what the routes of the environments do.");
  routes
    .command("explain")
    .description(
      "Say which route gets a URL, whether the Worker sees it (which is paid for), and which action would apply.",
    )
    .usage("[options] <url...> [environment]")
    .argument(
      "<url...>",
      "absolute addresses, for example https://shop.example.com/tickets?id=1; then the name of an environment (default: every one)",
    )
    .addOption(
      new Option(
        "--configuration <file>",
        "by this integration configuration, as Queue-it publishes it",
      ).conflicts("live"),
    )
    .option(
      "--live",
      "by what KV holds (CLOUDFLARE_API_TOKEN), or what the Worker says of itself (secret key)",
    )
    .option("--json", "print one JSON array instead of text")
    .addHelpText(
      "after",
      "\nExamples:\n" +
        "  $ npx queueit-cf routes explain https://shop.example.com/tickets\n" +
        "  $ npx queueit-cf routes explain https://shop.example.com/tickets --configuration downloaded.json\n" +
        "  $ npx queueit-cf routes explain https://shop.example.com/tickets production --live\n" +
        "  $ npx queueit-cf routes explain https://shop.example.com/static/app.js production --json\n\n" +
        "Where Queue-it owns the integration configuration, only --configuration or --live know which action applies.\n\n" +
        "Exit codes: 0 explained, 1 the input is wrong or what was asked does not answer, 70 a fault of this program.",
    )
    .action(async (texts: string[], options: RoutesExplainOptions) => {
      const { runRoutesExplain } = await import("./run/routes-explain.ts");
      await runRoutesExplain(texts, options);
    });
  return routes;
}
