import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { queueitCf as program } from "../../../infra/cli.ts";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { queueitCf, runIn } from "./cli.ts";

/** Every command that there is, as its words: the program itself has none. */
function commandsOf(command: Command, words: readonly string[] = []): readonly (readonly string[])[] {
  return [words, ...command.commands.flatMap((nested) => commandsOf(nested, [...words, nested.name()]))];
}

const COMMANDS = commandsOf(program());

it("finds the commands of commands", () => {
  expect(COMMANDS).toContainEqual(["github", "drift-issue"]);
  expect(COMMANDS).toContainEqual(["routes", "explain"]);
});

describe.each(COMMANDS.map((words) => [words.join(" "), words] as const))(
  "queueit-cf %s --help",
  (_, words) => {
    it.each([60, 80, 100, 130])("fits into a terminal of %i columns", async (columns) => {
      const { code, stdout } = await runIn({ COLUMNS: String(columns) }, ...words, "--help");
      expect(code).toBe(0);
      const isOneWord = (line: string) => !line.trim().replace(/ \\$/, "").includes(" ");
      const tooWide = stdout.split("\n").filter((line) => stringWidth(line) > columns && !isOneWord(line));
      expect(tooWide.filter((line) => !line.startsWith("Usage:"))).toEqual([]);
    });

    it("says what its exit codes mean", async () => {
      const { stdout } = await queueitCf(...words, "--help");
      expect(stdout).toMatch(/\nExit codes:\n(?: {2}\d+ +\S.*\n)+ {2}70 {2}a bug in this program\n$/);
    });
  },
);

describe("queueit-cf", () => {
  it.each(["--version", "-V"])("prints its version with %s", async (option) => {
    const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8")) as {
      readonly version: string;
    };
    expect(await queueitCf(option)).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it.each([
    [["help", "nope"], "Unknown command 'nope'."],
    [["help", "valdate"], "Did you mean validate?"],
    [["help", "config", "nope"], "npx queueit-cf config --help"],
    [["config", "help", "shwo"], "Did you mean show?"],
    [["help", "validate", "nope"], "Unknown command 'nope'."],
  ])("says that it does not know a command: %j", async (args, words) => {
    const { code, stdout, stderr } = await queueitCf(...args);
    expect([code, stdout, stderr]).toEqual([1, "", expect.stringContaining(words)]);
  });

  it.each([
    [
      ["help", "config", "show"],
      ["config", "show", "--help"],
    ],
    [
      ["config", "help", "show"],
      ["config", "show", "--help"],
    ],
    [["help"], ["--help"]],
  ])("shows with %j what it shows with %j", async (asked, option) => {
    expect(await queueitCf(...asked)).toEqual(await queueitCf(...option));
  });

  it.each(["zz", "12ab34c", "12ab34cg", "x".repeat(64)])(
    "refuses %s for the hash of a bundle before anything is read",
    async (hash) => {
      const { code, stderr } = await queueitCf("rollback", "nowhere", "--to", hash);
      expect([code, stderr]).toEqual([1, expect.stringContaining("It is not the SHA-256 of a bundle")]);
    },
  );

  it.each([
    ["local", "--state", ""],
    ["plan", "staging", "--out", ""],
    ["plan", "staging", "--markdown", " "],
    ["deploy", "staging", "--reviewed", ""],
    ["destroy", "staging", "--yes", ""],
    ["validate", "--configuration", ""],
    ["github", "outputs", "staging", "--report", ""],
  ])("refuses an empty value, which is a variable that nobody set: %s %s %s", async (...args) => {
    const { code, stderr } = await queueitCf(...args);
    expect([code, stderr]).toEqual([1, expect.stringContaining("It is empty")]);
  });
});

describe("an error", () => {
  it("is broken for the terminal, and loses no word", async () => {
    const narrow = await runIn({ COLUMNS: "40" }, "plan", "stagin");
    const wide = await runIn({ COLUMNS: "1000" }, "plan", "stagin");
    const lines = narrow.stderr.trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
    expect(lines.join(" ")).toBe(wide.stderr.trimEnd());
  });

  it("of an option is broken, too", async () => {
    const { stderr } = await runIn({ COLUMNS: "40" }, "preview", "--port", "http");
    for (const line of stderr.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
  });

  it.each([
    ["FORCE_COLOR", { FORCE_COLOR: "1" }, true],
    ["NO_COLOR", { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    ["nothing", {}, false],
  ])("has the colours that %s wants where there is no terminal", async (_, variables, coloured) => {
    const { stderr } = await runIn(variables, "plan", "stagin");
    expect(stderr.includes("\u001b[31m")).toBe(coloured);
  });
});

describe("warnings of validate", () => {
  it("are broken for the terminal, each hanging by its first word", async () => {
    const { stdout } = await runIn({ COLUMNS: "60" }, "validate");
    const lines = stdout.trimEnd().split("\n");
    for (const line of lines) expect(line).toMatch(/^(?:warning |Not checked: | {2}\S)/);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
  });
});
