import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { PLACES } from "../../../infra/configuration/sources/reference.ts";
import { configCommand } from "../../../infra/commands/config.ts";
import { newFolder } from "../../support/new-folder.ts";
import { configuration } from "../plan/plan-builder.ts";
import { sessionCookie } from "../../worker/support/session-cookie.ts";
import { SECRET } from "../../worker/support/tokens.ts";
import { queueitCf, runIn } from "./cli.ts";

let file: string;
let broken: string;
beforeAll(async () => {
  const folder = await newFolder();
  [file, broken] = [join(folder, "good.json"), join(folder, "broken.json")];
  await writeFile(file, JSON.stringify(configuration(3, "/tickets")));
  await writeFile(broken, '{"Version":1,"Integrations":[{"Name":"Sale"}]}');
});

const PAGE = "https://shop.staging.example.com/tickets";
const oneLine = (text: string) => text.replaceAll(/\s+/g, " ");

describe("queueit-cf config", () => {
  it("offers every place that a configuration is read from", () => {
    const [show] = configCommand().commands;
    expect(show?.options.find(({ long }) => long === "--from")?.argChoices).toEqual(PLACES);
  });

  it("shows a file as a table that fits into 80 columns", async () => {
    const { code, stdout } = await runIn({ COLUMNS: "80" }, "config", "show", file);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^1 +Sale +Queue +sale1 +\d+ min/m)]);
    expect(stdout).toContain('when the path contains "/tickets"');
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it.each([
    ["a configuration without findings", () => [file, "production"], [0, 2]],
    ["one that the Worker refuses", () => [broken], [1]],
    ["a file that is not there", () => ["no-such.json"], [1]],
    ["an environment that is not there", () => [file, "nope"], [1]],
  ])("ends the validation of %s with its own code", async (_what, args, codes) => {
    const { code } = await queueitCf("config", "validate", ...args());
    expect(codes).toContain(code);
  });

  it("says as JSON what it says in words", async () => {
    const { code, stdout } = await queueitCf("config", "validate", broken, "--json");
    expect([code, JSON.parse(stdout)]).toMatchObject([
      1,
      {
        schema: "queueit-cf/config-validate/1",
        refused: true,
        findings: [{ severity: "refused", place: { action: 1, name: "Sale" } }, { severity: "refused" }],
      },
    ]);
  });

  it("ends a diff with 2 where they differ, and with 0 where they do not", async () => {
    const other = join(await newFolder(), "other.json");
    await writeFile(other, JSON.stringify(configuration(4, "/cart")));
    expect(await queueitCf("config", "diff", file, file)).toMatchObject({ code: 0 });
    const { code, stdout } = await queueitCf("config", "diff", file, other, "--json");
    expect([code, JSON.parse(stdout)]).toMatchObject([
      2,
      { differs: true, before: { version: 3 }, after: { version: 4 } },
    ]);
  });

  it.each([
    ["no environment of several", ["show"], "Name one of the environments"],
    ["a place beside a file", ["show", "x.json", "--from", "kv"], "goes with an environment"],
    ["an address of no site", ["explain", "https://elsewhere.dk/"], "No environment has a site elsewhere.dk"],
    ["no address", ["explain", "tickets"], "is not the address of a page"],
    [
      "a header without a colon",
      ["explain", PAGE, "--header", "nonsense"],
      'is not written as "Name: value"',
    ],
    ["a header with a line break", ["explain", PAGE, "--header", "x: a\nb"], "cannot send"],
    ["a method with a blank", ["explain", PAGE, "--method", "G T"], "is not a method"],
    ["a file to pull from", ["pull", "x.json"], "Name the environment to pull from"],
  ])("refuses %s in one paragraph", async (_what, args, told) => {
    const { code, stderr, stdout } = await queueitCf("config", ...args);
    expect([code, oneLine(stderr), stdout]).toEqual([1, expect.stringContaining(told), ""]);
  });
});

describe("queueit-cf config explain", () => {
  const explain = (variables: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    runIn(variables, "config", "explain", PAGE, "--configuration", file, ...args);

  it("says step by step what happens to a new visitor", async () => {
    const { code, stdout } = await explain({});
    expect([code, oneLine(stdout)]).toEqual([
      0,
      expect.stringMatching(
        /Route protected by shop\.staging\.example\.com\/\*.*✓ 1 Sale \(Queue\).*it is "\/tickets" Session – no session cookie of sale1 Answer 302 to the waiting room sale1/,
      ),
    ]);
  });

  it.each([
    ["valid", {}, /✓ sale1: valid \(issued \d+ s ago\) Answer the site answers/],
    [
      "over",
      { issued: Math.floor(Date.now() / 1000) - 86_400 },
      /✗ sale1: it is over .* Answer 302 to the waiting room/,
    ],
    ["bound to another address", { ip: "203.0.113.9" }, /✗ sale1: it is bound to another address/],
    [
      "of the future",
      { issued: Math.floor(Date.now() / 1000) + 86_400 },
      /✗ sale1: it was issued in the future/,
    ],
  ])("says that a session is %s", async (_state, fields, told) => {
    const cookie = sessionCookie({ room: "sale1", ...fields });
    const args = ["--cookie", cookie, "--header", "CF-Connecting-IP: 192.0.2.1"];
    const { stdout } = await explain({ TF_VAR_queueit_secret_key: SECRET }, ...args);
    expect(oneLine(stdout)).toMatch(told);
    expect(stdout).not.toContain(cookie.split("=")[1] ?? "none");
  });

  it("does not claim anything of a session without the secret key", async () => {
    const { stdout } = await explain({}, "--cookie", sessionCookie({ room: "sale1" }));
    expect(oneLine(stdout)).toMatch(/\? sale1: not checked .*Answer depends on the token or session/);
    const json = await explain({}, "--cookie", sessionCookie({ room: "sale1" }), "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({ worker: { outcome: "not-checked" } });
  });

  it("says what the Worker takes a publish call for", async () => {
    const { stdout } = await queueitCf(
      ...["config", "explain", `${PAGE}?__push_queueit_config`, "--method", "POST", "--configuration", file],
    );
    expect(oneLine(stdout)).toContain("takes it for a publish call");
  });
});
