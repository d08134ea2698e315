/**
 * A text of Terraform's JSON syntax as an expression of its native one: a reference alone loses its quotes, text
 * around references gets the escapes that JSON does not need.
 * Source: Terraform, "JSON Configuration Syntax" and "Strings and Templates".
 */
export function hclTemplate(text: string): string {
  const parts = partsOf(text);
  const [first, ...others] = parts;
  if (first?.kind === "reference" && others.length === 0) return first.text.slice(2, -1).trim();
  return `"${parts.map((part) => (part.kind === "reference" ? part.text : escaped(part.text))).join("")}"`;
}

interface Part {
  readonly kind: "text" | "reference";
  readonly text: string;
}

function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  const isStart = /([$%])\1\{|[$%]\{/g;
  for (let found = isStart.exec(text); found !== null; found = isStart.exec(text)) {
    // What stands for the two characters themselves.
    if (found[1] !== undefined) continue;
    const end = endOf(text, isStart.lastIndex);
    if (found.index > from) parts.push({ kind: "text", text: text.slice(from, found.index) });
    parts.push({ kind: "reference", text: text.slice(found.index, end) });
    from = isStart.lastIndex = end;
  }
  if (from < text.length || parts.length === 0) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

/** Behind the brace that ends what begins at `from`; braces within quotes do not count. */
function endOf(text: string, from: number): number {
  let depth = 1;
  const ends = /"(?:[^"\\]|\\.)*"|[{}]/gs;
  ends.lastIndex = from;
  for (let found = ends.exec(text); found !== null; found = ends.exec(text)) {
    if (found[0] === "{") depth++;
    if (found[0] === "}") depth--;
    if (depth === 0) return ends.lastIndex;
  }
  throw new Error(`A reference does not end: ${text.slice(from)}`);
}

function escaped(text: string): string {
  return text
    .replaceAll(/[\\"]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll(
      /[\u0000-\u001f\u007f\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}
