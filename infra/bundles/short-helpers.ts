import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** What TypeScript's helpers do, for a runtime that has iterators and classes: each is a tenth as long. */
const SHORT: Readonly<Record<string, string>> = {
  __values: "(list) => list[Symbol.iterator]()",
  __extends:
    "(own, base) => { own.prototype = Object.create(base.prototype, { constructor: { value: own } }); Object.setPrototypeOf(own, base); }",
};

/** A helper as TypeScript writes it into each file that needs one. */
const HELPER = /^var (__\w+) = \(this && this\.\1\) \|\| [\s\S]*?^\}(?:\)\(\))?;$/gm;

/**
 * The SDK is compiled for browsers of 2009. What it brings along for iterators and classes is code that each
 * cold isolate reads, and no use: of the lists that it goes through, each is an array.
 */
export const withShortHelpers: Plugin = {
  name: "with-short-helpers",
  setup: (build) => {
    build.onLoad({ filter: /[\\/]connector-javascript[\\/]dist[\\/].*\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(HELPER, (helper, name: string) => {
        const short = SHORT[name];
        return short === undefined ? helper : `var ${name} = ${short};`;
      }),
    }));
  },
};
