import { describe, expect, it } from "vitest";
import { licenceProblems } from "../../../infra/release/licences.ts";

const problems = (license: string | undefined, { name = "planted", dev = false } = {}) =>
  licenceProblems([{ name, license, dev }]);

describe("the licences of what is installed", () => {
  it.each([
    "MIT",
    "(MIT OR GPL-3.0-or-later)",
    "Apache-2.0 AND MIT",
    "(BSD-2-Clause OR MIT OR Apache-2.0)",
    "(GPL-3.0-only OR (MIT AND ISC))",
  ])("are allowed: %s", (license) => {
    expect(problems(license)).toEqual([]);
  });

  it.each([
    "GPL-3.0-only",
    "AGPL-3.0-or-later",
    "LGPL-3.0-or-later",
    "MIT AND AGPL-3.0-only",
    // Whoever takes it has to keep to the second half, whichever they take of the first.
    "(MIT OR Apache-2.0) AND GPL-3.0-only",
    "(MIT AND GPL-2.0-only) OR AGPL-3.0-only",
    "SEE LICENSE IN LICENSE.md",
    "UNLICENSED",
    "mit OR",
    "",
  ])("are not: %s", (license) => {
    expect(problems(license)).toEqual([`planted (installed with the package): its licence is ${license}`]);
  });

  it("have to be said", () => {
    expect(problems(undefined)).toEqual(["planted (installed with the package): says no licence"]);
    expect(problems(undefined, { dev: true })).toEqual(["planted (a tool of this project): says no licence"]);
  });

  it("may be others for packages of which it was decided, and for these alone", () => {
    expect(problems("Public Domain", { name: "jsonify" })).toEqual([]);
    expect(problems("Public Domain")).toHaveLength(1);
    expect(problems("GPL-3.0-only", { name: "jsonify" })).toHaveLength(1);
    expect(problems("LGPL-3.0-or-later", { name: "@img/sharp-libvips-linux-x64" })).toEqual([]);
  });

  it("may be others for a tool, and not for what goes with the package", () => {
    const tool = { name: "caniuse-lite" };
    expect(problems("CC-BY-4.0", { ...tool, dev: true })).toEqual([]);
    expect(problems("CC-BY-4.0", tool)).toHaveLength(1);
  });
});
