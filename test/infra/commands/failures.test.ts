import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../../../infra/errors/catalogue.ts";
import { queueitCf as program } from "../../../infra/cli.ts";
import { queueitCf, runIn, startQueueitCf } from "./cli.ts";

/** Each command by the words it is called with. */
function commandsBelow(
  command: Command,
  words: readonly string[] = [],
): (readonly [readonly string[], Command])[] {
  return command.commands.flatMap((each): (readonly [readonly string[], Command])[] => {
    const own = [...words, each.name()];
    return each.commands.length > 0 ? commandsBelow(each, own) : [[own, each]];
  });
}

const withJson = commandsBelow(program()).flatMap(([words, { options }]) =>
  options.some(({ long }) => long === "--json") ? [words.join(" ")] : [],
);

/** Input that each command refuses, in order of its words. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  report: ["/no/such/plan.json"],
  "routes explain": ["no-address"],
  validate: ["--configuration", "/no/such/file.json"],
  bundle: ["--no-such-option"],
};

describe("a command that fails with --json", () => {
  it("is one of at least twelve", () => {
    expect(withJson.length).toBeGreaterThanOrEqual(12);
  });

  it.each(withJson)(
    "%s gives one object with the error's code and message, and nothing else",
    async (words) => {
      const input = REFUSED[words] ?? ["no-such-environment"];
      const { code, stdout } = await queueitCf(...words.split(" "), ...input, "--json");
      expect(code).toBe(1);
      const { error } = JSON.parse(stdout) as { error: { code: string; message: string } };
      expect(Object.keys(error)).toEqual(["code", "message"]);
      expect(Object.values(CATALOGUE).some((section) => error.code in section)).toBe(true);
      expect(error.message).toMatch(/^["A-Z].{20,}/s);
    },
  );

  it.each(withJson)("%s says so, too, where an option is not known", async (words) => {
    const { code, stdout, stderr } = await queueitCf(...words.split(" "), "--jsn", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      schema: "queueit-cf/error/1",
      error: {
        code: "usage",
        message: `Unknown option '--jsn' (Did you mean --json?). For options and examples: npx queueit-cf ${words} --help`,
      },
    });
    expect(stderr).toMatch(/^error usage Unknown option '--jsn'/);
  });

  it("says so where an argument is missing", async () => {
    const { stdout } = await queueitCf("deploy", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "usage" } });
  });

  it.each([
    ["plan", "staging", "--out", "--json"],
    ["drift", "staging", "--markdown", "--json"],
    ["destroy", "staging", "--yes", "--json"],
    ["rollback", "staging", "--to", "--json"],
    ["github", "outputs", "staging", "--report", "--json"],
  ])("refuses the next option as an option's value: %s", async (...args) => {
    const { code, stdout, stderr } = await queueitCf(...args);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("argument '--json' is invalid. It looks like an option"),
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "usage" } });
  });

  it("refuses one port for two servers before it starts either", async () => {
    const { code, stderr } = await queueitCf("local", "--port", "8123", "--api-port", "8123");
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^error usage --port and --api-port are both 8123: /),
    ]);
  });

  it("never repeats a secret that was given in place of an option's name", async () => {
    const secret = "fake-secret-key-of-this-test";
    const { stdout, stderr } = await runIn(
      { ...process.env, TF_VAR_queueit_secret_key: secret },
      "plan",
      `--${secret}`,
      "--json",
    );
    expect(stdout + stderr).not.toContain(secret);
  });
});

describe("an error for people", () => {
  it("ends in the page on its code where it does not end in a command", async () => {
    const { stderr, stdout } = await queueitCf("routes", "explain", "nonsense");
    expect(stderr).toMatch(/^error url .* More: docs\/errors\.md#url\n$/);
    expect(stdout).toBe("");
  });

  it("ends in the command to run next where there is one", async () => {
    const { stderr } = await queueitCf("plna");
    expect(stderr).toBe(
      "error usage Unknown command 'plna' (Did you mean plan?). For options and examples: npx queueit-cf --help\n",
    );
  });

  it("has no colours where there is no terminal", async () => {
    const { stderr } = await startQueueitCf("plan", "no-such-environment");
    expect(stderr).toMatch(/^error environment-unknown/);
  });
});
