import { type EnvironmentOption, environmentOptions } from "./environment-options.ts";
import { EXAMPLES } from "./example-environments.ts";
import { literal, valueAt } from "./example-value.ts";

/** Every option of `defineEnvironment`. */
export function environmentPage(): string {
  return [
    "# Options of an environment",
    "",
    "An environment is one file in `infra/environments/`, which calls `defineEnvironment` with these options. `npx queueit-cf " +
      "init` writes the first one, and `npx queueit-cf validate` says everything that is wrong in any of them. An option " +
      "without a default has to be written. `[]` stands for each item of a list.",
    "",
    ...environmentOptions().flatMap(optionLines),
  ].join("\n");
}

function optionLines(option: EnvironmentOption): readonly string[] {
  const { path, choice, type, isRequired, meaning, standard } = option;
  const isTop = !path.includes(".");
  const example = type === "object" || type === "list of objects" ? undefined : exampleOf(option);
  return [
    `${isTop ? "##" : "###"} ${path}${choice === undefined ? "" : ` (${choice})`}`,
    "",
    ...(meaning === "" ? [] : [meaning, ""]),
    `- Type: ${type.startsWith("list of") || type === "object" ? type : `\`${type}\``}`,
    isRequired ? requiredText(option) : `- Default: ${standardText(standard)}`,
    ...(example === undefined ? [] : [`- Example: \`${example}\``]),
    "",
  ];
}

function requiredText({ alternatives }: EnvironmentOption): string {
  const others = alternatives.map((name) => `\`${name}\``).join(" or ");
  return `- Has to be written${others === "" ? "" : `, or ${others} in its place`}`;
}

/** What is written in code is shown as code; what is told in words, as words. */
function standardText(standard = "none"): string {
  return /^["[{]|^(?:true|false|\d+)$/.test(standard) ? `\`${standard}\`` : standard;
}

function exampleOf({ path, choice }: EnvironmentOption): string | undefined {
  const found = EXAMPLES.map((example) => valueAt(example, path, choice)).find(
    (value) => value !== undefined,
  );
  const name = path.split(".").at(-1)?.replace("[]", "") ?? "";
  return found === undefined ? undefined : `${name}: ${literal(found)}`;
}
