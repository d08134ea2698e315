import { describe, expect, it } from "vitest";
import { z } from "zod";
import { runIn } from "./cli.ts";

const SECRET = "not-a-real-secret-0123456789";
/** Without a token, Terraform and a network. */
const NOTHING = {
  PATH: "/nowhere",
  HOME: "/nowhere",
  CLOUDFLARE_BASE_URL: "http://127.0.0.1:9/client/v4",
  TF_VAR_queueit_secret_key: SECRET,
};

const answer = z.strictObject({
  schema: z.literal("queueit-cf/doctor/1"),
  clean: z.boolean(),
  verdict: z.string(),
  findings: z
    .array(
      z.strictObject({
        environment: z.string().nullable(),
        check: z.string(),
        state: z.enum(["ok", "warning", "problem", "not-tried"]),
        what: z.string().min(1),
        fix: z.string().nullable(),
      }),
    )
    .nonempty(),
});

describe("queueit-cf doctor", () => {
  it("makes a finding of each thing that is not there, and ends with 2", async () => {
    const { code, stdout, stderr } = await runIn(NOTHING, "doctor", "staging");
    expect(code).toBe(2);
    for (const words of ["There is no terraform", "does not answer at 127.0.0.1:9", "TOKEN is not set"])
      expect(stdout).toContain(words);
    expect(stdout + stderr).not.toContain(SECRET);
  });

  it("gives programs the same, with a fix beside every problem and warning", async () => {
    const variables = { ...NOTHING, CLOUDFLARE_API_TOKEN: `${SECRET}\n` };
    const { code, stdout } = await runIn(variables, "doctor", "production", "--json");
    const { clean, findings } = answer.parse(JSON.parse(stdout));
    expect({ code, clean }).toEqual({ code: 2, clean: false });
    const unfixed = findings.filter(
      ({ state, fix }) => (state === "problem" || state === "warning") && fix === null,
    );
    expect(unfixed).toEqual([]);
    expect(findings.filter(({ check }) => check === "token")).toMatchObject([
      { state: "problem", what: "CLOUDFLARE_API_TOKEN ends with a line break, as files and pipes leave one" },
    ]);
    expect(stdout).not.toContain(SECRET);
  });

  it("refuses an environment that there is not", async () => {
    expect((await runIn(NOTHING, "doctor", "stagin")).code).toBe(1);
  });
});
