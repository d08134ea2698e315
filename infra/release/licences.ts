import satisfies from "spdx-satisfies";

/** A package of package-lock.json. */
export interface LockedPackage {
  readonly name: string;
  /** As its package says; undefined where it says nothing. */
  readonly license?: string | undefined;
  /** Whether only this project's own tools need it, and no installation of the package gets it. */
  readonly dev?: boolean | undefined;
}

/** They ask for no more than their own text, or for a note where they themselves are changed. */
const ALLOWED = [
  ...["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "BlueOak-1.0.0", "CC0-1.0"],
  ...["Unlicense", "Python-2.0", "WTFPL", "MPL-2.0"],
];

interface Exception {
  /** The packages. */
  readonly names: RegExp;
  /** What they say that their licence is. */
  readonly licence: RegExp;
  /** Only where no installation gets them. */
  readonly toolsOnly?: true;
}

/** A licence that is allowed for these packages alone; the comment says why. */
const EXCEPTIONS: readonly Exception[] = [
  // Libraries that Miniflare loads and nothing of ours is linked with: they stay files of their own.
  { names: /^@img\/sharp-/, licence: /^(?:Apache-2\.0 AND )?LGPL-3\.0-or-later(?: AND MIT)?$/ },
  // It has no name among those of SPDX, and asks for nothing.
  { names: /^jsonify$/, licence: /^Public Domain$/ },
  // Data that tools read, and that no package of ours has in it: it asks for its source to be named.
  { names: /^caniuse-lite$/, licence: /^CC-BY-4\.0$/, toolsOnly: true },
  {
    names: /^spdx-(?:exceptions|ranges)$/,
    licence: /^(?:CC-BY-3\.0|\(MIT AND CC-BY-3\.0\))$/,
    toolsOnly: true,
  },
];

/** What is wrong with the licences, a line for each package; empty when nothing is. */
export function licenceProblems(packages: readonly LockedPackage[]): readonly string[] {
  return packages.flatMap((each) => {
    const { name, license, dev } = each;
    if (isAllowed(license) || EXCEPTIONS.some((exception) => isExcepted(each, exception))) return [];
    const where = dev === true ? "a tool of this project" : "installed with the package";
    return [`${name} (${where}): ${license === undefined ? "says no licence" : `its licence is ${license}`}`];
  });
}

/** Whether an expression of SPDX leaves a choice that is allowed; what is no expression does not. */
function isAllowed(expression: string | undefined): boolean {
  try {
    return expression !== undefined && satisfies(expression, ALLOWED);
  } catch {
    return false;
  }
}

function isExcepted(
  { name, license, dev }: LockedPackage,
  { names, licence, toolsOnly }: Exception,
): boolean {
  return names.test(name) && licence.test(license ?? "") && (toolsOnly === undefined || dev === true);
}
