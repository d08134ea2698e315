/** What a release is made of: its tag, and what the project says of its version. */
export interface ReleaseFacts {
  /** Name of the tag, for example `v1.2.0`. */
  readonly tag: string;
  /** The version in package.json. */
  readonly version: string;
  /** The version in package-lock.json. */
  readonly lockedVersion: string;
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
}

/** https://semver.org, without build metadata: npm takes it off, and two releases would be one. */
const VERSION =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-z-][\da-z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-z-][\da-z-]*))*)?$/i;

/** Why this is no release, each with what to do; empty when it is one. */
export function releaseProblems({ tag, version, lockedVersion, changelog }: ReleaseFacts): readonly string[] {
  const wanted = tag.startsWith("v") ? tag.slice(1) : "";
  if (!VERSION.test(wanted)) {
    return [
      `The tag ${JSON.stringify(tag)} is no version. Name it v and a version of https://semver.org, such as v1.2.0.`,
    ];
  }
  const set = `npm version ${wanted} --no-git-tag-version`;
  const section = sectionOf(changelog, wanted);
  return [
    ...(version === wanted
      ? []
      : [`package.json has version ${version}, and the tag is ${tag}. Set it before the tag: ${set}`]),
    ...(lockedVersion === version
      ? []
      : [`package-lock.json has version ${lockedVersion}, and package.json ${version}. Set both: ${set}`]),
    ...(section === undefined
      ? [
          `CHANGELOG.md has no section ## ${wanted}. Rename the one of what is unreleased, with the day: ## ${wanted} - 2026-01-31`,
        ]
      : section.text === ""
        ? [`The section of ${wanted} in CHANGELOG.md is empty. Say what changes for whoever upgrades.`]
        : []),
    ...(section !== undefined && section.day === undefined
      ? [`The section of ${wanted} in CHANGELOG.md has no day. Write it as ## ${wanted} - 2026-01-31`]
      : []),
    ...(sections(changelog).filter(({ name }) => name === wanted).length > 1
      ? [`CHANGELOG.md has more than one section ## ${wanted}. Make one of them.`]
      : []),
  ];
}

/**
 * Why the schemas that the release after this one is compared with are not those of this one; empty when they are.
 *
 * @param today Text of each schema in `schemas/`, by the name of its file.
 * @param released The same in `schemas/released/`.
 */
export function releasedSchemaProblems(
  today: ReadonlyMap<string, string>,
  released: ReadonlyMap<string, string>,
): readonly string[] {
  const names = [...new Set([...today.keys(), ...released.keys()])].sort();
  const others = names.filter((name) => today.get(name) !== released.get(name));
  if (others.length === 0) return [];
  return [
    `schemas/released/ is not what is released: ${others.join(", ")}. Write it anew: npm run release:schemas`,
  ];
}

/** Whether npm must not make it what people get who name no version. */
export function isPreRelease(version: string): boolean {
  return version.includes("-");
}

/**
 * What npm calls a version: `latest` is what people get who name none, and is never set back to an earlier one, such
 * as one whose tag is pushed late.
 *
 * @param newest What npm calls `latest` now; empty where it has none.
 */
export function distTagOf(version: string, newest: string): "latest" | "next" | "earlier" {
  if (isPreRelease(version)) return "next";
  return isEarlier(version, newest) ? "earlier" : "latest";
}

/** Whether a version without a pre-release is before another, whose own pre-release comes before it. */
function isEarlier(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split("-", 1)[0]?.split(".").map(Number) ?? []);
  const [mine, theirs] = [0, 1, 2]
    .map((index) => [one?.[index] ?? 0, other?.[index] ?? 0] as const)
    .find(([a, b]) => a !== b) ?? [0, 0];
  return mine < theirs;
}

export interface Section {
  readonly name: string;
  /** As year-month-day; undefined where there is none, or none that a calendar has. */
  readonly day: string | undefined;
  /** What is below its heading. */
  readonly text: string;
}

/** The changelog's section of a version; undefined where it has none. */
export function sectionOf(changelog: string, version: string): Section | undefined {
  return sections(changelog).find(({ name }) => name === version);
}

function sections(changelog: string): readonly Section[] {
  const [, ...parts] = `\n${changelog.replaceAll("\r\n", "\n")}`.split(/\n## /);
  return parts.map((part) => {
    const [heading = "", ...lines] = part.split("\n");
    const [, name = "", day] = /^\[?([^\s\]]+)\]?(?: - (\d{4}-\d\d-\d\d))?\s*$/.exec(heading) ?? [];
    return { name, day: isDay(day) ? day : undefined, text: lines.join("\n").trim() };
  });
}

function isDay(day: string | undefined): boolean {
  const date = new Date(`${day ?? ""}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day ?? "-");
}
