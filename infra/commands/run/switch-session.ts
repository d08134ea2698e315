import { execFile } from "node:child_process";
import { userInfo } from "node:os";
import { promisify } from "node:util";
import type { CloudflareAccess } from "../../account/read-api.ts";
import type { Console } from "../../console/console.ts";
import { toJson } from "../../plan/report/json.ts";
import { deepWithoutSecrets } from "../../console/without-secrets.ts";
import { EXIT } from "../../errors/user-error.ts";
import { counted } from "../../text/counted.ts";
import type { SwitchPlace } from "../../switch/place.ts";
import type { Proved } from "../../switch/prove.ts";
import { SWITCH } from "../../switch/switch-format.ts";
import { type BodyOf, inFormat } from "../../json/format.ts";
import { tokenIdOf, whoOf } from "../../switch/who.ts";
import { terminal, terminalBesideJson } from "./terminal.ts";

/** Milliseconds in which real requests have to see it: Cloudflare spreads a route in seconds. */
export const PATIENCE_MS = 30_000;

/** How every command of the switch that changes something is confirmed and reported. */
export interface SwitchOptions {
  readonly yes?: string;
  readonly json?: true;
}

/** Where a command speaks. */
export function consoleOf({ json }: SwitchOptions): Console {
  return json ? terminalBesideJson : terminal;
}

/** Who runs this, in words for a note. */
export async function who({ accountId }: SwitchPlace, access: CloudflareAccess): Promise<string> {
  const { GITHUB_ACTOR: githubActor } = process.env;
  const [gitName, tokenId] = await Promise.all([nameInGit(), tokenIdOf(accountId, access)]);
  return whoOf({ githubActor, gitName, systemUser: systemUser() }, tokenId);
}

async function nameInGit(): Promise<string | undefined> {
  const { stdout } = await promisify(execFile)("git", ["config", "user.name"], { timeout: 2000 }).catch(
    () => ({ stdout: undefined }),
  );
  return stdout;
}

function systemUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that has no name.
    return undefined;
  }
}

/** Says what real requests proved; the exit code says where they did not. */
export function tellProof(proved: readonly Proved[], console: Pick<Console, "say" | "progress">): void {
  const done = proved.filter(({ outcome }) => outcome === "proved");
  if (done.length > 0) {
    console.say(`Proved by real requests to ${counted(done.length, "route")}: ${shown(done)}`);
  }
  for (const { pattern, url, detail } of proved.filter(({ outcome }) => outcome !== "proved")) {
    console.say(`Not proved: ${pattern}${url === undefined ? "" : ` at ${url}`}: ${detail}`);
  }
  if (done.length < proved.length) process.exitCode = EXIT.found;
}

/** More than that nobody reads in one line. */
const MOST_SHOWN = 3;

function shown(proved: readonly Proved[]): string {
  const more = proved.length - MOST_SHOWN;
  const first = proved.slice(0, MOST_SHOWN).map(({ url, detail }) => `${url ?? ""} ${detail}`);
  return [...first, ...(more > 0 ? [`${more} more`] : [])].join("; ");
}

/** Writes the answer of a command for programs. */
export function writeAnswer(answer: BodyOf<typeof SWITCH>): void {
  process.stdout.write(toJson(deepWithoutSecrets(inFormat(SWITCH, answer))));
}

/** The connector, for programs. */
export function placeJson({ environment, accountId, worker }: SwitchPlace) {
  return { environment: environment?.name, accountId, worker };
}

/** Seconds since then, with one decimal. */
export function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 100) / 10;
}
