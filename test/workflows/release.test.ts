import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { newFolder } from "../support/new-folder.ts";
import { list, mapping, parseYaml, text, type YamlMapping } from "./yaml.ts";

const TARBALL = "what was built\n";

describe("the release workflow", () => {
  let jobs: YamlMapping = {};
  const steps = (job: string) => list(mapping(jobs[job])["steps"]).map(mapping);
  const script = (job: string, name: string) =>
    text(steps(job).find((step) => text(step["name"]) === name)?.["run"]);

  beforeAll(async () => {
    const source = readFileSync(join(PACKAGE_ROOT, ".github/workflows/release.yml"), "utf8");
    jobs = mapping(mapping(await parseYaml(source))["jobs"]);
  });

  it("publishes only what passed the gate, after the tag was checked, and where the repository wants it", () => {
    const runs = steps("check").map(({ run }) => text(run));
    const [checked, gate] = [runs.findIndex((run) => run.includes("check-release")), runs.indexOf(".ci/run")];
    expect([checked > 0, gate > checked]).toEqual([true, true]);
    expect([list(mapping(jobs["publish"])["needs"]), list(mapping(jobs["page"])["needs"])]).toEqual([
      ["check"],
      ["publish"],
    ]);
    expect(text(mapping(jobs["check"])["if"])).toBe("vars.QUEUEIT_RELEASE == 'on'");
  });

  it("knows no secret: npm trusts the workflow itself", () => {
    expect(JSON.stringify(jobs)).not.toContain("secrets.");
    expect(text(mapping(mapping(jobs["publish"])["permissions"])["id-token"])).toBe("write");
    expect(script("publish", "Publish it")).toContain("--provenance --access public");
  });

  it("gives GitHub's token to the last step alone", () => {
    const holders = Object.keys(jobs).flatMap((job) =>
      steps(job)
        .filter((step) => JSON.stringify(step).includes("github.token"))
        .map(({ name }) => text(name)),
    );
    expect(holders).toEqual(["Make the release"]);
  });

  /** Runs a script as the runner does, with tools in the place of npm and gh that do what they are told here. */
  async function run(
    source: string,
    tools: Readonly<Record<string, string>>,
    variables: Readonly<Record<string, string>>,
  ) {
    const folder = await newFolder();
    await Promise.all([mkdir(join(folder, "bin")), mkdir(join(folder, "work"))]);
    await writeFile(join(folder, "work/package.json"), '{"name":"queueit-cloudflare"}');
    await writeFile(join(folder, "outputs"), "");
    for (const [name, body] of Object.entries({ sleep: "exit 0", ...tools }))
      await writeFile(join(folder, "bin", name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    const env = {
      PATH: `${join(folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
      RUNNER_TEMP: folder,
      GITHUB_WORKSPACE: join(folder, "work"),
      GITHUB_OUTPUT: join(folder, "outputs"),
      GITHUB_SERVER_URL: "https://github.example.com",
      GITHUB_REPOSITORY: "acme/waiting-room",
      GITHUB_REF_NAME: "v1.2.0",
      CALLS: join(folder, "calls"),
      ...variables,
    };
    const options = { cwd: join(folder, "work"), env, stdio: "pipe" } as const;
    let code = 0;
    try {
      execFileSync("bash", ["-e", "-c", source], options);
    } catch (error) {
      code = (error as { status?: number }).status ?? -1;
    }
    const file = (name: string) => readFile(join(folder, name), "utf8").catch(() => "");
    return { code, outputs: await file("outputs"), calls: await file("calls"), folder };
  }

  const served = (content: string) => `printf '${content}' > queueit-cloudflare-1.2.0.tgz`;

  it.each([
    ["is what was built", served(TARBALL.replace("\n", "\\n")), 0],
    ["is something else", served("something else"), 1],
    ["is not there", "exit 1", 1],
  ])("makes a release only where what npm serves %s", async (_name, npm, code) => {
    const sha256 = execFileSync("sha256sum", { input: TARBALL }).toString().slice(0, 64);
    const variables = { VERSION: "1.2.0", SHA256: sha256 };
    expect((await run(script("page", "What npm serves is what was built"), { npm }, variables)).code).toBe(
      code,
    );
  });

  const sha512 = execFileSync("openssl", ["dgst", "-sha512", "-binary"], { input: "x" }).toString("base64");

  /** Publishes a file, with an npm that has these versions, all with this checksum. */
  const publish = (versions: string, integrity = `sha512-${sha512}`) => {
    const npm = [
      'case "$*" in',
      "'view queueit-cloudflare versions --json') printf '%s' \"$VERSIONS\" ;;",
      `'view queueit-cloudflare@1.2.0 dist.integrity') echo '${integrity}' ;;`,
      'publish*) echo "$@" >> "$CALLS" ;;',
      "*) exit 1 ;;",
      "esac",
    ].join("\n");
    const variables = { FILE: "x.tgz", VERSION: "1.2.0", DIST_TAG: "latest", VERSIONS: versions };
    return run(`printf x > x.tgz\n${script("publish", "Publish it")}`, { npm }, variables);
  };

  it.each(['"1.1.0"', '["1.1.0","11.2.0","1.2.0-rc.1"]'])(
    "publishes what npm does not have: %s",
    async (has) => {
      const { code, calls } = await publish(has);
      expect([code, calls]).toEqual([0, "publish ./x.tgz --provenance --access public --tag latest\n"]);
    },
  );

  it.each(['"1.2.0"', '["1.2.0","1.1.0"]'])(
    "goes on where a run before this one published the same, and stops where it is something else: %s",
    async (has) => {
      expect(await publish(has)).toMatchObject({ code: 0, calls: "" });
      expect(await publish(has, "sha512-other")).toMatchObject({ code: 1, calls: "" });
    },
  );

  it("asks npm what it calls the newest, and stops where it does not say", async () => {
    const [release] = steps("publish").filter((step) => text(step["id"]) === "release");
    const ask = (view: string) =>
      run(
        text(release?.["run"]),
        { npm: `[ "$1" != view ] || { ${view}; }\nprintf '[%s]' "$@" >> "$CALLS"` },
        {},
      );
    expect(await ask("echo 1.3.0; exit 0")).toMatchObject({
      code: 0,
      calls: "[run][-s][check-release][--][v1.2.0][1.3.0]",
    });
    expect(await ask("exit 1")).toMatchObject({ code: 1, calls: "" });
  });

  it("names its repository in the package, as provenance needs, and hands on the checksum of the one tarball", async () => {
    const npm = `echo "$@" >> "$CALLS"\n[ "$1" = pack ] && printf x > packed/queueit-cloudflare-1.2.0.tgz\nexit 0`;
    const { code, outputs, calls } = await run(script("publish", "Build the package"), { npm }, {});
    expect(code).toBe(0);
    expect(calls).toContain("repository.url=git+https://github.example.com/acme/waiting-room.git");
    expect(outputs).toMatch(/^file=packed\/queueit-cloudflare-1\.2\.0\.tgz\nsha256=[0-9a-f]{64}\n$/);
  });

  it("hands on nothing where there is not one tarball", async () => {
    const { code, outputs } = await run(script("publish", "Build the package"), { npm: "exit 0" }, {});
    expect([code === 0, outputs]).toEqual([false, ""]);
  });

  it.each([
    ["latest", ""],
    ["next", " --prerelease"],
    ["earlier", " --latest=false"],
  ])("marks the release as what npm calls it: %s", async (tag, mark) => {
    const gh = `echo "$@" >> "$CALLS"`;
    const { calls } = await run(script("page", "Make the release"), { gh }, { DIST_TAG: tag });
    expect(calls.trim().endsWith(`notes.md${mark}`)).toBe(true);
    expect(calls).toContain("release create v1.2.0");
  });
});
