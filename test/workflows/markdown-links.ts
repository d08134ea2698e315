import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";

export interface Link {
  /** The page that has it, from the project's root. */
  readonly page: string;
  /** As it is written, for example `docs/errors.md#fault`. */
  readonly target: string;
}

/** Every link of a page to somewhere in this project. */
export function linksOf(
  page: string,
  text = readFileSync(join(PACKAGE_ROOT, page), "utf8"),
): readonly Link[] {
  const prose = withoutCode(text);
  const inline = [...prose.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].map(
    ([, target]) => target ?? "",
  );
  const defined = [...prose.matchAll(/^\[[^\]]+\]:\s+(\S+)/gm)].map(([, target]) => target ?? "");
  const tags = [...prose.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, target]) => target ?? "");
  return [...inline, ...defined, ...tags]
    .filter((target) => !/^[a-z][a-z+.-]*:/i.test(target))
    .map((target) => ({ page, target }));
}

/** Why a link leads nowhere; undefined where it leads somewhere. */
export function linkComplaint({ page, target }: Link): string | undefined {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : posix.normalize(posix.join(dirname(page), decodeURIComponent(path)));
  if (file.startsWith("..")) return "leads out of the project";
  if (!existsSync(join(PACKAGE_ROOT, file))) return `there is no ${file}`;
  if (anchor === undefined) return undefined;
  if (!file.endsWith(".md")) return /^L\d+/.test(anchor) ? undefined : `${file} has no headings`;
  const anchors = anchorsOf(readFileSync(join(PACKAGE_ROOT, file), "utf8"));
  return anchors.includes(anchor) ? undefined : `${file} has no heading #${anchor}`;
}

/** Whether a path is a page, and not a folder. */
export function isPage(path: string): boolean {
  return existsSync(join(PACKAGE_ROOT, path)) && statSync(join(PACKAGE_ROOT, path)).isFile();
}

/**
 * What a link to each heading ends in, as GitHub makes it: small letters, no punctuation, dashes for spaces, and a
 * number for one that is there already.
 */
export function anchorsOf(text: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...text.replaceAll(/^ *```.*?^ *```/gms, "").matchAll(/^#{1,6} +(.+?)\s*#*$/gm)].map(
    ([, heading = ""]) => {
      const slug = heading
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, "")
        .replaceAll(" ", "-");
      const times = seen.get(slug) ?? 0;
      seen.set(slug, times + 1);
      return times === 0 ? slug : `${slug}-${times}`;
    },
  );
}

function withoutCode(text: string): string {
  return text.replaceAll(/^ *```.*?^ *```/gms, "").replaceAll(/(`+)(?!`).+?(?<!`)\1(?!`)/g, "");
}
