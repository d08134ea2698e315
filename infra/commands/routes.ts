import { Command, Option } from "commander";
import { withNotes } from "./help.ts";
import type { RoutesExplainOptions } from "./run/routes-explain.ts";

/** `queueit-cf routes`: what the routes of the environments do. */
export function routesCommand(): Command {
  const routes = new Command("routes").description("Explain what the environments' routes do.");
  const explain = new Command("explain")
    .summary("Which route gets a URL, and what the Worker does with it")
    .description(
      "Say which route gets a URL, whether the Worker sees it (such requests are billed), and which " +
        "action would apply.",
    )
    .usage("[options] <url...> [environment]")
    .argument(
      "<url...>",
      "absolute URLs, for example https://shop.example.com/tickets?id=1; then the name of an environment " +
        "(default: all)",
    )
    .addOption(
      new Option(
        "--configuration <file>",
        "use this integration configuration, as Queue-it publishes it",
      ).conflicts("live"),
    )
    .option(
      "--live",
      "use what KV holds (needs CLOUDFLARE_API_TOKEN) or what the Worker reports (needs the secret key)",
    )
    .option("--json", "print one JSON object instead of text")
    .action(async (texts: string[], options: RoutesExplainOptions) => {
      const { runRoutesExplain } = await import("./run/routes-explain.ts");
      await runRoutesExplain(texts, options);
    });
  const exitCodes = {
    ok: "it is explained",
    userError: "the input is wrong, or there was no answer",
  };
  const examples = [
    "npx queueit-cf routes explain https://shop.example.com/tickets",
    "npx queueit-cf routes explain https://shop.example.com/tickets --configuration downloaded.json",
    "npx queueit-cf routes explain https://shop.example.com/tickets production --live",
    "npx queueit-cf routes explain https://shop.example.com/static/app.js production --json",
  ];
  const notes = [
    "Where Queue-it owns the integration configuration, only --configuration or --live know which action applies.",
  ];
  return withNotes(routes.addCommand(withNotes(explain, { examples, notes, exitCodes })), { exitCodes });
}
