import { existsSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";

/**
 * Commands of other tools that the documentation may name, with the options it may give them. `tools.test.ts`
 * asks wrangler and cdktf themselves whether they know them.
 */
export const TOOLS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  wrangler: {
    "kv namespace list": [],
    "kv key put": ["--remote", "--namespace-id"],
    tail: [],
    delete: [],
    deploy: ["--config"],
    dev: ["--remote"],
  },
  cdktf: {
    synth: [],
    deploy: ["--output", "--skip-provider-lock"],
    diff: [],
    destroy: [],
  },
  vitest: {
    "": [],
    run: ["--config", "-u"],
  },
  terraform: {
    init: ["-migrate-state"],
    plan: ["-out", "-json", "-detailed-exitcode", "-input"],
    apply: ["-auto-approve"],
    show: ["-json"],
    import: [],
    login: [],
    "force-unlock": [],
    "state push": [],
  },
};

/** What is wrong with a call of one of these tools; undefined when nothing. */
export function toolComplaint(tool: string, args: readonly string[]): string | undefined {
  const rest = args.filter((arg) => !arg.startsWith("-chdir="));
  const command = Object.entries(TOOLS[tool] ?? {}).find(([words]) =>
    words === "" ? rest.length === 0 : words.split(" ").every((word, index) => rest[index] === word),
  );
  if (command === undefined) return `${tool} has no command ${rest.join(" ")}`;
  const missing =
    tool === "vitest" && rest.find((arg) => /^test\//.test(arg) && !existsSync(join(PACKAGE_ROOT, arg)));
  if (missing) return `there is no ${missing}`;
  const unknown = rest.find(
    (arg) => /^-[-a-z]/.test(arg) && !command[1].includes(arg.split("=", 1)[0] ?? ""),
  );
  return unknown === undefined ? undefined : `${tool} ${command[0]} has no ${unknown}`;
}
