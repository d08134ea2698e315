/** A value, and what is indented below it where it is empty. */
interface Property {
  readonly text: string;
  readonly nested: ReadonlyMap<string, string>;
}

/** The properties of a section, by their names in lower case. */
export type Section = ReadonlyMap<string, Property>;

/**
 * The sections of an AWS config or credentials file, by their names, read as Terraform reads them: as the Go
 * module `github.com/aws/aws-sdk-go-v2/internal/ini` 1.8.2 does, which is more lenient than other readers of
 * these files. Names are taken in any case, a colon stands for an equals sign, and what is no line of such a
 * file is passed over.
 */
export function readAwsIni(text: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Map<string, Property>>();
  let section: Map<string, Property> | undefined;
  let key = "";
  const set = (name: string, value: string) => {
    section?.set(name, { text: value, nested: new Map() });
    key = name;
  };
  for (const line of text.split("\n").filter(isMeant)) {
    const name = sectionName(line);
    const isIndented = /^[ \t]/.test(line);
    if (name !== undefined) {
      section = name === "" ? undefined : (sections.get(name) ?? new Map<string, Property>());
      if (section !== undefined) sections.set(name, section);
      key = "";
      continue;
    }
    const property = propertyIn(isIndented ? line : withoutComment(line));
    const above = section?.get(key);
    if (property === undefined) {
      // A line that goes on from the one above.
      if (isIndented && above !== undefined && above.text !== "") {
        section?.set(key, { ...above, text: `${above.text}\n${line.replace(/^[ \t]+/, "")}` });
      }
    } else if (!isIndented) set(...property);
    else if (above?.text !== "") set(property[0], trim(withoutComment(property[1])));
    else section?.set(key, { text: "", nested: new Map([...above.nested, property]) });
  }
  return sections;
}

function isMeant(line: string): boolean {
  return trim(line) !== "" && !/^[ \t]*[#;]/.test(line);
}

/** `profile x` for `[ profile  x ] # why`; undefined where the line begins no section. */
function sectionName(line: string): string | undefined {
  const bracketed = /^\[(.*)\]$/s.exec(trim(line.replace(/[#;].*$/s, "")))?.[1];
  return bracketed === undefined ? undefined : trim(bracketed).replace(/^([^ \t]+)[ \t]+/, "$1 ");
}

function propertyIn(text: string): [name: string, value: string] | undefined {
  const [, name, value] = /^([^=:]*)[=:](.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) return undefined;
  return [trim(name).toLowerCase(), unquoted(trim(value))];
}

function unquoted(value: string): string {
  return /^(["'])(.*)\1$/s.exec(value)?.[2] ?? value;
}

/** A comment begins behind white space only, so that an address may have a fragment. */
function withoutComment(line: string): string {
  return line.replace(/[ \t][#;].*$/s, "");
}

/** As Go trims: a byte order mark stays. */
function trim(text: string): string {
  return text.replace(/^(?:(?!\uFEFF)[\s\u0085])+|(?:(?!\uFEFF)[\s\u0085])+$/g, "");
}
