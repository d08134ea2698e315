import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { newFolder } from "./support/new-folder.ts";

// One small house in which every wall is broken once, checked as `npm run check:walls` checks this one.

const ROOT = join(import.meta.dirname, "..");
const CONFIG = join(ROOT, ".dependency-cruiser.mjs");
const { default: walls } = (await import(CONFIG)) as {
  readonly default: { readonly forbidden: readonly { readonly name: string }[] };
};
const CLIMBS = "-does-not-climb";
const rules = walls.forbidden.map(({ name }) => name);
const rooms = rules.filter((name) => name.endsWith(CLIMBS)).map((name) => name.slice(0, -CLIMBS.length));

/** What breaks each rule: the file that does, and what it has in it. */
const BREAKS: Readonly<Record<string, readonly [file: string, text: string]>> = {
  "no-cycle": ["infra/text/a.ts", 'import type { B } from "./b.ts"; export type A = B;'],
  "cdktf-in-two-places": ["infra/deploy/deploy.ts", 'import { App } from "cdktf"; new App();'],
  "every-room-has-a-floor": ["infra/cli.ts", 'import "./attic/a.ts";'],
  "pure-rooms-stay-pure": [
    "infra/plan/plan-file.ts",
    'import { readFile } from "node:fs/promises"; readFile;',
  ],
  "local-for-commands-only": ["infra/deploy/try.ts", 'import "../local/server/local-server.ts";'],
  "verify-without-the-emulator": [
    "infra/commands/run/verify.ts",
    'import "../../local/server/local-server.ts";',
  ],
  "plan-without-the-local-account": [
    "infra/commands/run/plan.ts",
    'import "../../local/server/local-server.ts";',
  ],
  "commands-declare": ["infra/commands/plan.ts", 'import { readFile } from "node:fs"; readFile;'],
  "commands-run-when-asked": ["infra/commands/verify.ts", 'import "./run/verify.ts";'],
  "run-does-not-declare": ["infra/commands/run/report.ts", 'import "../options.ts";'],
  "worker-stands-alone": ["worker/index.ts", 'import "../infra/text/b.ts";'],
  "shared-with-the-worker": ["infra/queue-it/flow.ts", 'import "../../worker/request-flow.ts";'],
  "not-from-tests": ["infra/connector/a.ts", 'import "../../test/support.ts";'],
  "ships-with-its-packages": ["infra/bundles/look.ts", 'import ts from "typescript"; ts;'],
  packed: ["infra/commands/run/init.ts", 'import "../../project/write-package.ts";'],
  resolvable: ["infra/verify/gone.ts", 'import "./nowhere.ts";'],
  ...Object.fromEntries(
    rooms.map((room) => [`${room}${CLIMBS}`, [`infra/${room}/climbs.ts`, 'import "../cli.ts";']]),
  ),
};

/** What the files above import, and what is allowed. */
const HOUSE: Readonly<Record<string, string>> = {
  "tsconfig.json": "{}",
  "infra/text/b.ts": 'import type { A } from "./a.ts"; export type B = A;',
  "infra/attic/a.ts": "",
  "infra/project/write-package.ts": "",
  "infra/local/server/local-server.ts": "",
  "infra/commands/options.ts": 'import { Option } from "commander"; new Option();',
  "infra/commands/sound.ts":
    'import { Command } from "commander"; import "./options.ts"; import type { Sound } from "./run/sound.ts"; ' +
    'export const run = (sound: Sound) => import("./run/sound.ts"); new Command();',
  "infra/commands/run/sound.ts":
    'import { readFile } from "node:fs"; import "../../local/server/local-server.ts"; export type Sound = typeof readFile;',
  "infra/plan/sound.ts":
    'import { createHash } from "node:crypto"; import { z } from "zod"; import "../../worker/deployment/variables.ts"; createHash; z;',
  "infra/connector/sound.ts": 'import { App } from "cdktf"; new App();',
  "infra/main.ts": 'import { App } from "cdktf"; new App();',
  "worker/deployment/variables.ts": "",
  "worker/request-flow.ts": "",
  "test/support.ts": "",
  "bench/run.ts": "",
  ...Object.fromEntries(
    ["cdktf", "commander", "zod"].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, main: "index.js" })],
      [`node_modules/${name}/index.js`, ""],
    ]),
  ),
};

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

let found: readonly Violation[];
beforeAll(async () => {
  const folder = await newFolder();
  for (const [file, text] of [...Object.entries(HOUSE), ...Object.values(BREAKS)]) {
    await mkdir(join(folder, dirname(file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  found = await violationsIn(folder);
});

function violationsIn(folder: string): Promise<readonly Violation[]> {
  const cruiser = join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const config = ["--config", CONFIG];
  const args = [cruiser, "infra", "worker", "bench", ...config, "--output-type", "json"];
  return new Promise((resolve, reject) => {
    // Its exit code is the number of violations.
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 }, (_error, stdout, stderr) => {
      if (stdout === "") reject(new Error(stderr));
      else resolve((JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations);
    });
  });
}

describe("the walls between rooms", () => {
  it.each(rules)("hold: %s is refused", (rule) => {
    const [file] = BREAKS[rule] ?? [];
    expect(file, "Write in BREAKS what breaks this rule").toBeDefined();
    expect(found).toContainEqual(
      expect.objectContaining({ from: file, rule: expect.objectContaining({ name: rule }) as unknown }),
    );
  });

  it("let through what a room may do", () => {
    expect(found.filter(({ from }) => /sound|main|options/.test(from))).toEqual([]);
  });
});
