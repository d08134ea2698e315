// The walls between the rooms of this project: `npm run check:walls`. test/walls.test.ts shows that each can fail.

import { readFileSync } from "node:fs";

/**
 * The rooms of infra/, from the ground up: a room imports those that stand before it, and none that come after it.
 */
const ROOMS = [
  ...["errors", "json", "url", "variables", "cloudflare", "secrets", "text", "charts", "files", "console"],
  ...["queue-it", "environments", "specification", "plan"],
  ...["connector", "bundles", "account", "adopt", "verify", "terraform", "project", "init", "release"],
  ...["deploy", "doctor", "export", "github", "configuration", "switch"],
  ...["local", "commands", "formats", "reference"],
];

/** Rooms that compute and do nothing else, with what they may use: rooms, and modules without a file, process or network. */
const PURE_ROOMS = ["errors", "json", "url", "variables", "cloudflare", "secrets", "text", "charts"];
const PURE_PROJECT_ROOMS = ["queue-it", "environments", "specification", "plan"];
const PURE_MODULES = ["crypto", "path", "url", "util"];
const PURE_PACKAGES = [
  ...["leven", "lossless-json", "picocolors", "string-width", "zod"],
  ...["d3-scale", "d3-shape", "hono/dist/helper/html", "hono/dist/types/helper/html", "@types/d3-[a-z]+"],
];

/** What infra/ shares with the Worker: names, formats, and the judgement of a configuration. */
const SHARED_WITH_WORKER = [
  ...["deployment/variables", "status/status-protocol", "encoding/hmac"],
  ...["configuration/integration-configuration", "configuration/check", "configuration/doubts"],
  ...["isolate/compiled", "isolate/strictest-match", "visitor/visit", "visitor/url-normalization"],
  ...["hooks/hook-names", "matching/comparison", "matching/matcher", "matching/url-readings"],
];

/** What of infra/ only a checkout has: infra/project/compile-package.ts packs none of it. */
const OF_A_CHECKOUT = [
  "main",
  "write-reference",
  "reference/.*",
  "environments/(?:staging|production)",
  "project/(?:write-.*|compile-package|declare-types)",
  "release/.*",
  "formats/.*",
];

/** What takes tools of a checkout, and goes without them where it is installed. */
const WITH_TOOLS_OF_A_CHECKOUT = [...OF_A_CHECKOUT, "bundles/(?:build-bundle|short-helpers)"];

const { devDependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

const anyOf = (names) => `(?:${names.join("|")})`;
const room = (name) => `^infra/${name}/`;

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycle",
      comment: "No file imports one that imports it, types included.",
      severity: "error",
      from: { path: "^(?:infra|worker|bench)/" },
      to: { circular: true },
    },
    {
      name: "cdktf-in-two-places",
      comment: "cdktf is archived: keeping it in two places lets another engine take its place.",
      severity: "error",
      from: { pathNot: "^infra/(?:connector/|main\\.ts$)|^test/" },
      to: { path: "(?:^|node_modules/)(?:cdktf|@cdktf|constructs)(?:/|$)", pathNot: "^infra/" },
    },
    ...ROOMS.map((name, index) => ({
      name: `${name}-does-not-climb`,
      comment: `${name}/ imports the rooms below it only: ${ROOMS.slice(0, index).join(", ") || "none"}.`,
      severity: "error",
      from: { path: room(name) },
      to: { path: "^infra/", pathNot: `^infra/${anyOf([name, ...ROOMS.slice(0, index)])}/` },
    })),
    {
      name: "every-room-has-a-floor",
      comment: "A new room of infra/ gets its place in ROOMS, so that it has walls too.",
      severity: "error",
      from: {},
      to: { path: "^infra/[^/]+/", pathNot: room(anyOf(ROOMS)) },
    },
    {
      name: "pure-rooms-stay-pure",
      comment: "They are given what they need: the file, the process and the network are at the edge.",
      severity: "error",
      from: { path: room(anyOf([...PURE_ROOMS, ...PURE_PROJECT_ROOMS])) },
      to: {
        pathNot: [
          `^infra/${anyOf([...PURE_ROOMS, ...PURE_PROJECT_ROOMS])}/`,
          "^worker/",
          `^(?:node:)?${anyOf(PURE_MODULES)}$`,
          `^node_modules/${anyOf(PURE_PACKAGES)}/`,
        ],
      },
    },
    {
      name: "local-for-commands-only",
      comment: "The local Cloudflare is a stand-in: what reviews and deploys works without it.",
      severity: "error",
      from: { path: "^(?:infra|worker)/", pathNot: "^infra/(?:local|commands/run|formats)/" },
      to: { path: "^infra/local/" },
    },
    {
      name: "verify-without-the-emulator",
      comment:
        "verify asks the sites; of local/ it knows their addresses on this machine and nothing that runs.",
      severity: "error",
      from: { path: "^infra/commands/run/verify\\.ts$" },
      to: {
        path: "^infra/local/",
        pathNot: "^infra/local/(?:server/reach-local-edge|cloudflare/edge/local-hosts)\\.ts$",
        reachable: true,
      },
    },
    {
      name: "plan-without-the-local-account",
      comment:
        "plan starts a Worker file from elsewhere in workerd, and knows nothing of the account, its API and its deployer.",
      severity: "error",
      from: { path: "^infra/commands/run/plan\\.ts$" },
      to: {
        path: "^infra/local/(?:cloudflare/api|terraform|server/local-|queue-it|shop|dashboard|preview)",
        reachable: true,
      },
    },
    {
      name: "commands-declare",
      comment: "A declaration is loaded for every --help: commander and how a help is written, nothing else.",
      severity: "error",
      from: { path: "^infra/commands/[^/]+\\.ts$" },
      to: {
        pathNot: "^infra/(?:commands|console|errors|text)/|^node_modules/(?:commander|string-width)/",
      },
    },
    {
      name: "commands-run-when-asked",
      comment: "commands/run/ is loaded when its command is asked for: types and import() only.",
      severity: "error",
      from: { path: "^infra/commands/[^/]+\\.ts$" },
      to: { path: "^infra/commands/run/", dependencyTypesNot: ["type-only", "dynamic-import"] },
    },
    {
      name: "run-does-not-declare",
      comment: "What is run does not import how it is declared.",
      severity: "error",
      from: { path: "^infra/commands/run/" },
      to: { path: "^infra/commands/[^/]+\\.ts$" },
    },
    {
      name: "worker-stands-alone",
      comment: "The Worker is what a visitor's request runs through: nothing of infra/ gets into its bundle.",
      severity: "error",
      from: { path: "^worker/" },
      to: { path: "^(?:infra|bench|test)/" },
    },
    {
      name: "shared-with-the-worker",
      comment:
        "infra/ uses what the two sides have to agree on, not how the Worker does its work. Only an explanation runs it.",
      severity: "error",
      from: { path: "^infra/", pathNot: "^infra/configuration/explain/" },
      to: { path: "^worker/", pathNot: `^worker/${anyOf(SHARED_WITH_WORKER)}\\.ts$` },
    },
    {
      name: "not-from-tests",
      comment: "What ships does not import tests and benches.",
      severity: "error",
      from: { path: "^(?:infra|worker)/" },
      to: { path: "^(?:test|bench)/" },
    },
    {
      name: "ships-with-its-packages",
      comment: "What npm installs finds no development dependency.",
      severity: "error",
      from: { path: "^infra/.*\\.ts$", pathNot: `^infra/${anyOf(WITH_TOOLS_OF_A_CHECKOUT)}\\.ts$` },
      to: {
        path: `(?:^|node_modules/)${anyOf(Object.keys(devDependencies))}(?:/|$)`,
        pathNot: "^(?:infra|worker)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "packed",
      comment: "What npm installs finds nothing that only a checkout has.",
      severity: "error",
      from: { path: "^infra/.*\\.ts$", pathNot: `^infra/${anyOf(OF_A_CHECKOUT)}\\.ts$` },
      to: { path: `^infra/${anyOf(OF_A_CHECKOUT)}\\.ts$`, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere has no wall either.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^cloudflare:" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Types are knowledge too: a type that is imported the wrong way ties two rooms together.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node"] },
  },
};
