import { afterEach, describe, expect, it, vi } from "vitest";
import { tellFailure } from "../../../infra/console/failure.ts";
import { Interrupted } from "../../../infra/console/interruption.ts";
import { faultsInOutput } from "../formats/validator.ts";
import { UserError } from "../../../infra/errors/user-error.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function told(error: unknown, ...args: readonly string[]) {
  const written = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += String(text);
      return true;
    });
  }
  vi.stubEnv("COLUMNS", "1000");
  const exitCode = tellFailure(error, ["node", "queueit-cf", ...args]);
  vi.restoreAllMocks();
  return { exitCode, ...written };
}

describe("a failure", () => {
  it("of this program has exit code 70, the code fault, and its trace for people alone", () => {
    const { exitCode, stdout, stderr } = told(new TypeError("x is not a function"), "plan", "--json");
    expect(exitCode).toBe(70);
    expect(JSON.parse(stdout)).toEqual({
      schema: "queueit-cf/error/1",
      error: {
        code: "fault",
        message: "This is a bug in queueit-cf, not a mistake in your input: x is not a function.",
      },
    });
    expect(stderr).toMatch(
      /^error fault This is a bug .* More: docs\/errors\.md#fault\nTypeError: .*\n +at /,
    );
  });

  it("that is an interruption has the signal's exit code, and JSON where that is wanted", () => {
    const { exitCode, stdout, stderr } = told(new Interrupted("SIGINT"), "deploy", "--json");
    expect(exitCode).toBe(130);
    expect(faultsInOutput(stdout)).toEqual([]);
    expect(JSON.parse(stdout)).toEqual({
      schema: "queueit-cf/error/1",
      error: { code: "interrupted", message: "Ended by SIGINT (Ctrl-C). Nothing was changed." },
    });
    expect(stderr).toBe("Ended by SIGINT (Ctrl-C). Nothing was changed.\n");
  });

  it("of the file system is the user's to fix, not a fault", () => {
    const refused = Object.assign(new Error("EROFS: read-only file system, open '/x'"), {
      code: "EROFS",
      errno: -30,
      path: "/x",
    });
    expect(told(refused)).toMatchObject({ exitCode: 1, stdout: "" });
  });

  it("hides the secrets of the environment, in text, trace and JSON", () => {
    vi.stubEnv("TF_VAR_queueit_secret_key", "fake-secret-key-of-this-test");
    const { stdout, stderr } = told(new Error("with fake-secret-key-of-this-test in it"), "--json");
    expect(stdout + stderr).not.toContain("fake-secret-key-of-this-test");
  });

  it("ends its sentence before it names the page", () => {
    const { stderr } = told(new UserError("environment-import", 'staging.ts:1:8: Could not resolve "x"'));
    expect(stderr).toMatch(/resolve "x"\. More: docs\/errors\.md#environment-import\n$/);
  });

  it("shows no character that moves a cursor, turns text around or hides, and keeps its lines", () => {
    const error = new UserError("url", "Not a page: \u001b[2Jx\u202ey\u200bz\u2066\u009b1m.\n- a\tb");
    const { stdout, stderr } = told(error, "--json");
    expect(stderr).toBe(
      "error url Not a page: \\u001b[2Jx\\u202ey\\u200bz\\u2066\\u009b1m.\n- a\tb\nMore: docs/errors.md#url\n",
    );
    expect(stdout).not.toMatch(/\p{Cf}/u);
  });

  it("writes no JSON where --json is an argument and not an option", () => {
    expect(told(new UserError("url", "No address."), "routes", "explain", "--", "--json").stdout).toBe("");
  });
});
