import { spawn, spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { installedPackage } from "../../support/installed-package.ts";
import { ProjectCopy } from "./project-copy.ts";

/** Gives a program a terminal: util-linux's, as on most Linux machines. */
const hasTerminal =
  spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") === true;
if (!hasTerminal) console.warn("SKIPPED: script of util-linux is not on this machine.");

const LIVE = "infra/environments/live.ts";
const ALL_BUT_THE_LAST =
  "init live --account 5e1d0c4b3a29180716f5e4d3c2b1a090 --zone tickets-and-more.dk --hostname " +
  "shop.tickets-and-more.dk --customer-id x1 --protect /tickets* --no-bypass --owner publish --secrets variables " +
  "--backend local --failure open";

describe("queueit-cf init at a terminal", { skip: !hasTerminal }, () => {
  let project: ProjectCopy;
  let program: string;
  beforeAll(async () => {
    project = await ProjectCopy.make();
    program = (await installedPackage()).command;
  });

  /** Types keys as soon as these words are on the screen. */
  async function typed(command: string, words: string, keys: string) {
    const ours = `node ${program} --project ${project.folder} ${command}`;
    const child = spawn("script", ["-qec", ours, "/dev/null"], {
      cwd: PACKAGE_ROOT,
      env: { PATH: process.env["PATH"] ?? "", HOME: project.folder, TERM: "xterm" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    let screen = "";
    let isTyped = false;
    child.stdout.on("data", (chunk: Buffer) => {
      screen += chunk.toString();
      if (isTyped || !screen.includes(words)) return;
      isTyped = true;
      child.stdin.write(keys);
    });
    const code = await new Promise((resolve) => child.on("exit", resolve));
    return { code, screen };
  }

  it.each([
    ["the first question", "init", "Name of the environment"],
    ["one in the middle", "init live", "account id"],
    ["the last", ALL_BUT_THE_LAST, "(y/N)"],
  ])("writes nothing where it is interrupted at %s", async (_, command, words) => {
    const { code, screen } = await typed(command, words, "\u0003");
    expect([code, screen]).toEqual([130, expect.stringContaining("Nothing was changed")]);
    expect([await project.read(LIVE), await project.read(".env.example")]).toEqual([undefined, undefined]);
  });

  it("writes once that is confirmed", async () => {
    const { code } = await typed(ALL_BUT_THE_LAST, "(y/N)", "y\r");
    expect(code).toBe(0);
    expect(await project.read(LIVE)).toContain('protect: ["/tickets*"]');
    await rm(join(project.folder, LIVE));
  });
});
