import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { wordsOf } from "../../workflows/command-lines.ts";
import { World } from "../deploy/world.ts";
import { type Ran, runIn } from "./cli.ts";

let world: World;
beforeAll(async () => {
  world = await World.start();
  await world.deploy(world.staging);
});
afterAll(() => world.close());

const variables = () => ({ ...world.server.variables, PATH: process.env["PATH"], GITHUB_ACTOR: "ada" });
const run = (...args: readonly string[]): Promise<Ran> => runIn(variables(), "switch", ...args);
const off = (...args: readonly string[]) =>
  run("off", "staging", "--yes", "staging", "--reason", "the login loops", ...args);
const on = (...args: readonly string[]) => run("on", "staging", "--yes", "staging", ...args);

const PAGE = "https://shop.staging.example.com/tickets";
const ZONE = "fedcba9876543210fedcba9876543210";
const isProtected = async () => (await world.reach.get(PAGE)).headers.get("x-queueit-connector") !== null;

describe("docs/switch.md", () => {
  const page = readFileSync(join(PACKAGE_ROOT, "docs/switch.md"), "utf8");
  const commands = [...page.matchAll(/```sh\n(npx queueit-cf .*)\n```/g)].map(([, text = ""]) => text);

  it("is followed word by word: each command does what the page says, and a question is asked of somebody", async () => {
    const routes = world.server.account.routes;
    const ended: string[] = [];
    for (const text of commands) {
      const [, , ...args] = wordsOf(text);
      const asksFirst = !args.includes("--yes") && !args.includes("status");
      if (asksFirst) {
        const refused = await runIn(variables(), ...args);
        expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("--yes staging")]);
      }
      const { code, stderr } = await runIn(variables(), ...args, ...(asksFirst ? ["--yes", "staging"] : []));
      ended.push(`${args.slice(1, 3).join(" ")}: ${code}${code === 1 ? ` ${stderr}` : ""}`);
      if (text.includes("--reason") && args[1] === "off") expect(await isProtected()).toBe(false);
      if (args[1] === "on") {
        expect(await isProtected()).toBe(true);
        expect(world.server.account.routes).toEqual(routes);
      }
    }
    expect(ended).toEqual([
      "off staging: 0",
      "off staging: 0",
      "off staging: 0",
      "off --account: 0",
      "status staging: 2",
      "on staging: 0",
      "failure closed: 0",
      "failure open: 0",
    ]);
    expect((await run("status", "staging")).code).toBe(0);
  });
});

describe("queueit-cf switch", () => {
  it("says who, when and why, what was proved, and how long it took", async () => {
    const { code, stdout } = await off();
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(
        /switched off in [0-9.]+ s.*Proved by real requests to 1 route: .*Done in [0-9.]+ s/s,
      ),
    ]);
    const status = await run("status", "staging");
    expect(status.stdout).toMatch(
      /switched off since \d{4}-\d\d-\d\d \d\d:\d\d UTC by ada \(GitHub\).* because: the login loops/,
    );
    await on();
  });

  it("gives programs one JSON object, with 20 routes too", async () => {
    const { account } = world.server;
    const paths = Array.from({ length: 19 }, (_, index) => `shop.staging.example.com/page-${index}/*`);
    for (const pattern of paths) await account.createRoute(ZONE, pattern, "queueit-connector-staging");
    const { code, stdout } = await off("--json");
    const answer = JSON.parse(stdout) as {
      routes: unknown[];
      proved: { outcome: string }[];
      seconds: number;
    };
    expect(code).toBe(0);
    expect(answer).toMatchObject({ schema: "queueit-cf/switch/1", action: "off", environment: "staging" });
    expect([answer.routes.length, answer.proved.length]).toEqual([20, 20]);
    expect(answer.proved.every(({ outcome }) => outcome === "proved")).toBe(true);
    expect(answer.seconds).toEqual(expect.any(Number));
    expect(JSON.parse((await run("status", "staging", "--json")).stdout)).toMatchObject({
      switched: true,
      leading: [],
      sites: [{ host: "shop.staging.example.com", reason: "the login loops" }],
    });
    const back = await on("--json");
    expect(JSON.parse(back.stdout)).toMatchObject({ action: "on", stillOff: [] });
    for (const { id, pattern } of account.routes) if (paths.includes(pattern)) await account.deleteRoute(id);
  });

  it("says that a custom domain of the Worker is not switched off: it is no route", async () => {
    const { account } = world.server;
    const { id } = await account.putDomain("vip.staging.example.com", "queueit-connector-staging");
    const { code, stdout } = await off();
    expect([code, stdout]).toEqual([2, expect.stringContaining("Not switched off: vip.staging.example.com")]);
    await account.deleteDomain(id);
    await on();
  });

  it.each([
    [
      "another name",
      ["off", "staging", "--reason", "x", "--yes", "production"],
      'The name given is "production"',
    ],
    ["no reason", ["off", "staging", "--yes", "staging"], "Say why"],
    [
      "no place",
      ["off", "--reason", "x", "--account", "0".repeat(32)],
      "give all of --account, --zone and --worker",
    ],
    ["two places", ["off", "staging", "--worker", "x", "--reason", "x"], "Give one of the two"],
    [
      "an id that is none",
      ["on", "--account", "a/..", "--zone", "b", "--worker", "c"],
      "32 hexadecimal characters",
    ],
    ["an unknown environment", ["off", "stagin", "--reason", "x"], "Did you mean staging?"],
    [
      "an unknown Worker",
      ["status", "--account", "0123456789abcdef0123456789abcdef", "--zone", ZONE],
      "give all of",
    ],
  ])("refuses %s, and changes nothing", async (_name, args, words) => {
    const before = world.server.account.routes;
    const { code, stderr } = await run(...args);
    expect([code, stderr]).toEqual([1, expect.stringContaining(words)]);
    expect(world.server.account.routes).toEqual(before);
  });

  it("takes no secret for a reason, and shows none", async () => {
    const { code, stdout, stderr } = await run(
      ...["off", "staging", "--yes", "staging", "--reason", `key ${world.secretKey}`],
    );
    expect([code, stderr]).toEqual([1, expect.stringContaining("holds a secret")]);
    expect(stdout + stderr).not.toContain(world.secretKey);
  });

  it("does not disturb the configuration, and is the first thing that doctor says", async () => {
    await off();
    const shown = await runIn(variables(), "config", "show", "staging", "--from", "kv");
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining("Ticket pages")]);
    const doctor = await runIn(variables(), "doctor", "staging");
    expect(doctor.stdout).toMatch(/staging\n +✗ shop\.staging\.example\.com: switched off since/);
    await on();
  });
});

describe("queueit-cf switch failure", () => {
  it("is proved by the Worker's signed answer, or says that it was not checked", async () => {
    const closed = await run(
      "failure",
      "closed",
      "staging",
      "--yes",
      "staging",
      "--reason",
      "bots",
      "--json",
    );
    expect([closed.code, closed.stdout]).toEqual([0, expect.stringContaining("says that it fails closed")]);
    expect((await run("status", "staging")).stdout).toContain("failure mode: switched to closed since");
    const blind = await runIn(
      { ...variables(), TF_VAR_queueit_secret_key: "" },
      ...["switch", "failure", "open", "staging", "--yes", "staging"],
    );
    expect([blind.code, blind.stdout]).toEqual([2, expect.stringContaining("Not checked")]);
    expect((await run("status", "staging")).code).toBe(0);
  });

  it("needs a reason for what is not as the environment says", async () => {
    const { code, stderr } = await run("failure", "closed", "staging", "--yes", "staging");
    expect([code, stderr]).toEqual([1, expect.stringContaining("Say why")]);
  });
});
