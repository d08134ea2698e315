import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { diagnose } from "../../../infra/doctor/diagnose.ts";
import { checkQueueIt } from "../../../infra/doctor/queue-it-check.ts";
import { checkPromotionState, checkState } from "../../../infra/doctor/state-check.ts";
import { checkVariables } from "../../../infra/doctor/variables-check.ts";
import { verdictOf } from "../../../infra/doctor/verdict.ts";
import { UserError } from "../../../infra/errors/user-error.ts";
import { CREDENTIALS, LocalBucket } from "../bundles/local-bucket.ts";

describe("environment variables", () => {
  const spec = {
    secretVariables: [{ name: "queueit_secret_key", description: "Queue-it's secret key." }],
    backend: { type: "local" },
  } as const;
  const check = (value: string | undefined) =>
    checkVariables(spec, { TF_VAR_queueit_secret_key: value }).map(({ state, what }) => `${state}: ${what}`);

  it.each([
    ["a key", "aBcDeF0123456789", /^ok/],
    ["none", undefined, /^problem: TF_VAR_queueit_secret_key is not set/],
    ["an empty one", "", /^problem: TF_VAR_queueit_secret_key is not set/],
    ["a line end", "aBcDeF\n", /^problem: .* ends with a line break/],
    ["a blank", " aBcDeF", /^problem: .* has white space/],
    ["quotes", '"aBcDeF"', /^problem: .* has quotes around it/],
    ["a byte order mark", "\uFEFFaBcDeF", /^problem: .* invisible character/],
    ["a letter outside ASCII at its end", "aBcDeFé", /^problem: .* non-ASCII/],
  ])("are looked at, with %s, and never shown", (_name, value, words) => {
    const lines = check(value);
    expect(lines[0]).toMatch(words);
    expect(lines.join()).not.toContain("aBcDeF");
  });
});

describe("the state", () => {
  const bucket = new LocalBucket();
  beforeEach(async () => {
    bucket.objects.clear();
    await bucket.start();
  });
  afterEach(() => bucket.close());
  const backend = { type: "s3", bucket: "states", key: "shop/staging.tfstate", region: "eu-west-1" } as const;
  const questions = () => ({
    spec: { backend, promotedFrom: { environment: "staging", backend } },
    projectRoot: "/nowhere",
    variables: { ...CREDENTIALS, AWS_ENDPOINT_URL_S3: bucket.endpoint },
    isLocal: false,
  });

  it("in a bucket is read, and its lock is tried with an object of its own", async () => {
    bucket.objects.set("/states/shop/staging.tfstate", Buffer.from("{}"));
    const findings = await checkState(questions());
    expect(findings.map(({ state, what }) => `${state}: ${what}`)).toEqual([
      "ok: the state can be read: states/shop/staging.tfstate",
      expect.stringMatching(/^ok: the bucket refuses to overwrite/),
    ]);
    expect([...bucket.objects.keys()]).toEqual([
      "/states/shop/staging.tfstate",
      "/states/shop/bundles/conditional-writes.json",
    ]);
    await checkState(questions());
    expect(bucket.objects.size).toBe(2);
  });

  it("in a bucket without a folder is read too", async () => {
    bucket.objects.set("/states/staging.tfstate", Buffer.from("{}"));
    const [finding] = await checkState({
      ...questions(),
      spec: { backend: { ...backend, key: "staging.tfstate" }, promotedFrom: undefined },
    });
    expect(finding?.what).toBe("the state can be read: states/staging.tfstate");
  });

  it("of the environment before is read by the same credentials", async () => {
    const [before] = await checkPromotionState(questions());
    expect(before).toMatchObject({
      state: "not-tried",
      what: expect.stringContaining("has no state yet") as string,
    });
    bucket.objects.set("/states/shop/staging.tfstate", Buffer.from("{}"));
    expect((await checkPromotionState(questions()))[0]?.state).toBe("ok");
  });

  it("in a bucket that refuses the credentials is a problem, without them in its words", async () => {
    bucket.failures.push("SignatureDoesNotMatch");
    const findings = await diagnose({ name: "state", run: () => checkState(questions()) });
    expect(findings[0]?.state).toBe("problem");
    expect(JSON.stringify(findings)).not.toContain(CREDENTIALS.AWS_SECRET_ACCESS_KEY);
  });

  it("in a bucket that overwrites whatever it is told is a problem", async () => {
    bucket.unknown.add("if-none-match");
    const findings = await diagnose({ name: "state", run: () => checkState(questions()) });
    expect(findings).toMatchObject([
      { state: "problem", what: expect.stringContaining("overwrites an object although") as string },
    ]);
    bucket.unknown.clear();
  });

  it("in a file is a warning on the way to the real Cloudflare, and none to the local one", async () => {
    const projectRoot = await mkdtemp(join(tmpdir(), "test-doctor-"));
    const spec = { backend: { type: "local", path: "a.tfstate" }, promotedFrom: undefined } as const;
    const state = async (isLocal: boolean) =>
      (await checkState({ spec, projectRoot, variables: {}, isLocal }))[0]?.state;
    expect([await state(false), await state(true)]).toEqual(["warning", "ok"]);
    await writeFile(join(projectRoot, "a.tfstate"), "{}");
    await chmod(join(projectRoot, "a.tfstate"), 0o600);
    expect(await state(true)).toBe("ok");
  });
});

describe("Queue-it", () => {
  const answers = (status: number) => ({
    get: () => Promise.resolve({ status, headers: new Headers(), location: null, body: "" }),
  });

  it.each([
    [200, "ok"],
    [401, "problem"],
    [403, "problem"],
    [404, "problem"],
    [500, "not-tried"],
  ])("that answers %s is told as %s", async (status, state) => {
    expect((await checkQueueIt("acme", "not-a-real-key", answers(status)))[0]?.state).toBe(state);
  });

  it("is not asked without an API key", async () => {
    expect((await checkQueueIt("acme", undefined, answers(200)))[0]?.state).toBe("not-tried");
  });
});

describe("a check", () => {
  it("that a person can fix something about is a problem", async () => {
    const run = () => Promise.reject(new UserError("terraform-missing", "There is none."));
    expect(await diagnose({ name: "a", run })).toEqual([
      { check: "a", state: "problem", what: "There is none.", fix: "see docs/errors.md#terraform-missing" },
    ]);
  });

  it("that breaks off was not tried", async () => {
    const run = () => Promise.reject(new Error("fetch failed", { cause: new Error("ENOTFOUND") }));
    expect((await diagnose({ name: "a", run }))[0]).toMatchObject({
      state: "not-tried",
      what: "fetch failed: ENOTFOUND",
    });
  });

  it("that does not end was not tried, and whoever waits is told", async () => {
    const run = () => new Promise<never>(() => undefined);
    const abandoned: string[] = [];
    const told = await diagnose({ name: "a", run }, 0.01, () => void abandoned.push("a"));
    expect([told[0]?.state, abandoned]).toEqual(["not-tried", ["a"]]);
  });
});

describe("the verdict", () => {
  const finding = (state: "ok" | "warning" | "problem" | "not-tried") => ({
    check: "a",
    state,
    what: "",
    fix: undefined,
  });

  it.each([
    [["ok"], true, "Everything is in order: 1 in order."],
    [["ok", "not-tried"], true, "Nothing found to fix: 1 not tried, 1 in order."],
    [["ok", "warning"], false, "1 warning, 1 in order. Each has its fix beside it."],
    [
      ["problem", "problem", "not-tried"],
      false,
      "2 problems, 1 not tried, 0 in order. Each has its fix beside it.",
    ],
  ] as const)("of %j is clean: %s", (states, isClean, sentence) => {
    expect(verdictOf(states.map(finding))).toEqual({ isClean, sentence });
  });
});
