import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../files/project-root.ts";
import { settled } from "../../environments/definition/settled.ts";
import type { NamedEnvironment } from "../../environments/environment.ts";
import { UserError } from "../../errors/user-error.ts";
import { toJson } from "../../plan/report/json.ts";
import { outcomeSentence } from "../../plan/report/outcome.ts";
import { printable } from "../../text/printable.ts";
import { wrap } from "../../text/wrap.ts";
import { actionLookup, type Explanation, explainUrl } from "../../plan/routing.ts";
import { plainText, written } from "../../plan/sentence.ts";
import { readConfigurationFile } from "../../queue-it/configuration-file.ts";
import { routesOf } from "../../specification/routes-of.ts";
import { withoutSecrets } from "../../console/without-secrets.ts";
import { pickEnvironment } from "../../environments/definition/pick-environment.ts";
import { readProject } from "../../project/project.ts";

export interface RoutesExplainOptions {
  readonly json?: true;
}

/** Explains one URL in one environment, or in all of them. */
export async function runRoutesExplain(
  text: string,
  name: string | undefined,
  { json }: RoutesExplainOptions,
): Promise<void> {
  const url = readUrl(text);
  const { environments } = await readProject();
  const asked = name === undefined ? environments : [pickEnvironment(environments, name)];
  const answers = await Promise.all(
    asked.map(async (named) => ({
      environment: named.name,
      ...explainUrl(
        url,
        named.environment.sites.flatMap(routesOf),
        actionLookup(await configurationOf(named), settled(named).queueIt.matching),
      ),
    })),
  );
  process.stdout.write(
    withoutSecrets(json ? toJson(answers.map(answerJson)) : answers.map(answerText).join("")),
  );
}

interface Answer extends Explanation {
  readonly environment: string;
}

function answerJson(answer: Answer): unknown {
  return { ...answer, text: plainText(outcomeSentence(answer)) };
}

function answerText(answer: Answer): string {
  const lines = [
    ...wrap(`${answer.environment}: `, written(outcomeSentence(answer), printable)),
    ...answer.outranked.flatMap((pattern) => wrap("  outranks ", printable(pattern))),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "http:") return url;
  throw new UserError(
    "url",
    `${JSON.stringify(text)} is no address of a page. Write it in full, for example https://shop.example.com/tickets.`,
  );
}

/** Only a file says what will be deployed: any other configuration is Queue-it's, and known to the account alone. */
async function configurationOf(named: NamedEnvironment): Promise<string | undefined> {
  const { integrationConfiguration: owned } = settled(named);
  if (owned.owner !== "file") return undefined;
  const file = readConfigurationFile(await readFile(join(PROJECT_ROOT, owned.path)));
  return file.ok ? file.json : undefined;
}
