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

/** Whether npm must not make it what people get who name no version. */
export function isPreRelease(version: string): boolean {
  return version.includes("-");
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
