import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";
import { leanSdk } from "./lean-sdk.ts";

/** What TypeScript's helpers do, for a runtime that has iterators, classes and async functions. */
const SHORT: Readonly<Record<string, string>> = {
  __values: "(list) => list[Symbol.iterator]()",
  __awaiter: `async (self, given, _promise, body) => {
    const steps = body.call(self);
    for (let step = steps.next(); ; ) {
      if (step.done) return step.value;
      try { given = await step.value; } catch (error) { step = steps.throw(error); continue; }
      step = steps.next(given);
    }
  }`,
  __extends:
    "(own, base) => { own.prototype = Object.create(base.prototype, { constructor: { value: own } }); Object.setPrototypeOf(own, base); }",
};

/** A helper as TypeScript writes it into each file that needs one. */
const HELPER = /^var (__\w+) = \(this && this\.\1\) \|\| [\s\S]*?^\}(?:\)\(\))?;$/gm;

/**
 * The SDK is compiled for browsers of 2009. What it brings along for iterators, classes and promises is
 * code that each cold isolate reads, and no use: each list that it goes through is an array, and no async
 * function of it reads `arguments`.
 */
export const withShortHelpers: Plugin = {
  name: "with-short-helpers",
  setup: (build) => {
    build.onLoad({ filter: /[\\/]connector-javascript[\\/]dist[\\/].*\.js$/ }, async ({ path }) => ({
      contents: leanSdk(await readFile(path, "utf8")).replace(HELPER, (helper, name: string) => {
        const short = SHORT[name];
        return short === undefined ? helper : `var ${name} = ${short};`;
      }),
    }));
  },
};
