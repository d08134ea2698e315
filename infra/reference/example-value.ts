/**
 * What is at the place of an option. @param choice Only where the object that has it made this choice, for example
 * `owner: "pull"`.
 */
export function valueAt(environment: unknown, path: string, choice?: string): unknown {
  if (choice !== undefined && !madeChoice(environment, path, choice)) return undefined;
  const names = path.split(".");
  const holders = names
    .slice(0, -1)
    .reduce<readonly unknown[]>((found, name) => found.flatMap((each) => itemsAt(each, name)), [environment]);
  return holders.map((each) => itemAt(each, names.at(-1) ?? "")).find((value) => value !== undefined);
}

function itemsAt(holder: unknown, name: string): readonly unknown[] {
  const value = itemAt(holder, name.replace("[]", ""));
  if (value === undefined) return [];
  return name.endsWith("[]") ? (value as readonly unknown[]) : [value];
}

function itemAt(holder: unknown, name: string): unknown {
  if (typeof holder !== "object" || holder === null) return undefined;
  return (holder as Readonly<Record<string, unknown>>)[name];
}

/** The object that makes a choice is the first one of the path: no choice is within another. */
function madeChoice(environment: unknown, path: string, choice: string): boolean {
  const [name = "", value = ""] = choice.split(": ");
  const top = itemAt(environment, path.split(".", 1)[0] ?? "");
  return itemAt(top, name) === JSON.parse(value);
}

/** A value as it is written in TypeScript, on one line. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const properties = Object.entries(value).map(
      ([name, each]) => `${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}: ${literal(each)}`,
    );
    return `{ ${properties.join(", ")} }`;
  }
  return JSON.stringify(value);
}
