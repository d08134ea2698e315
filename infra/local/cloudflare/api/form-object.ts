import { apiRefusals } from "./api-errors.ts";
import type { Part } from "./multipart.ts";

type Entry = readonly [path: readonly string[], text: string];

/** Deeper than anything that the API knows: `metadata[bindings][][name]` is three. */
const DEEPEST = 8;

/**
 * Reads an object that a client spread over several parts, as the official SDK does: `metadata[main_module]`,
 * `metadata[bindings][][name]`. Every leaf is a text. Undefined when no part belongs to it. Its time is in
 * proportion to the number of parts.
 *
 * @throws CloudflareError 10026 when it is nested too deep.
 */
export function readFormObject(parts: readonly Part[], name: string): unknown {
  const entries = parts
    .filter((part) => part.name.startsWith(`${name}[`) && part.filename === undefined)
    .map((part): Entry => [pathOf(part.name), part.bytes.toString()]);
  return entries.length === 0 ? undefined : build(entries);
}

/** Without a pattern: one that looks for the end of each bracket takes quadratic time where none ends. */
function pathOf(name: string): readonly string[] {
  const path: string[] = [];
  for (let open = name.indexOf("["); open !== -1;) {
    const close = name.indexOf("]", open);
    if (close === -1) break;
    path.push(name.slice(open + 1, close));
    if (path.length > DEEPEST) {
      throw apiRefusals.bodyNotValid(`a field of the form is nested more than ${DEEPEST} deep`);
    }
    open = name.indexOf("[", close);
  }
  return path;
}

function build(entries: readonly Entry[]): unknown {
  const [first] = entries;
  if (first === undefined || first[0].length === 0) return first?.[1];
  if (first[0][0] === "") return elements(entries.map(withoutHead)).map(build);
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const [head = ""] = entry[0];
    const group = groups.get(head);
    if (group === undefined) groups.set(head, [withoutHead(entry)]);
    else group.push(withoutHead(entry));
  }
  return Object.fromEntries([...groups].map(([key, group]) => [key, build(group)]));
}

/** A list does not number its elements: the next one begins where a field comes again. */
function elements(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const lists: Entry[][] = [];
  let seen = new Set<string>();
  for (const entry of entries) {
    const field = entry[0].join("]");
    const current = lists.at(-1);
    if (current === undefined || (seen.has(field) && !entry[0].includes(""))) {
      lists.push([entry]);
      seen = new Set([field]);
    } else {
      current.push(entry);
      seen.add(field);
    }
  }
  return lists;
}

function withoutHead([path, text]: Entry): Entry {
  return [path.slice(1), text];
}
