import { asciiHostname, hostnameProblem } from "../../cloudflare/hostname.ts";
import { UserError } from "../../errors/user-error.ts";
import type { Zone } from "../cloudflare/account/model.ts";
import { zoneIdOf } from "./local-zones.ts";

/** A zone that somebody wants in the account. */
export interface WantedZone {
  /** Lower case and punycode. */
  readonly name: string;
  /** 32 hexadecimal characters; undefined for one that is made of the name, the same in every run. */
  readonly id: string | undefined;
}

/** More zones than anybody tests with, and few enough to look through at each request. */
const MOST = 1000;

/** Problems that are told at once. */
const SHOWN = 5;

/** Characters of what was given that a message repeats. */
const REPEATED = 80;

/**
 * Zones as `--zone` names them: `NAME`, or `NAME=ID`.
 *
 * @throws UserError `local-zone` with everything that is wrong with any of them.
 */
export function readZones(given: readonly string[]): readonly WantedZone[] {
  if (given.length > MOST) {
    throw refusal([
      `--zone was given ${given.length} times. The local Cloudflare has at most ${MOST} zones.`,
    ]);
  }
  const read = given.map((text) => {
    const [, written = "", id] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
    return { name: asciiHostname(written), id, problem: problemOf(written, id) };
  });
  const problems = read.flatMap(({ name, id, problem }, index) => {
    if (problem !== undefined) return [problem];
    const before = read.slice(0, index);
    if (before.some((other) => other.name === name))
      return [`--zone names ${name} twice. Name each zone once.`];
    const sharing = before.find((other) => id !== undefined && other.id === id);
    return sharing === undefined
      ? []
      : [`--zone gives ${sharing.name} and ${name} the same id. Give each zone an id of its own.`];
  });
  if (problems.length > 0) throw refusal(problems);
  return read.map(({ name, id }) => ({ name, id }));
}

/** Zones, and whence they are known. */
interface ZoneSource {
  /** For example `--zone`. */
  readonly from: string;
  readonly zones: readonly (WantedZone | Zone)[];
}

/**
 * The zones of these sources that are not among the environments'. One that is named again is the same zone.
 *
 * @throws UserError `local-zone` where one would have two ids, or two the same.
 */
export function addedZones(ofEnvironments: readonly Zone[], sources: readonly ZoneSource[]): readonly Zone[] {
  const known = ofEnvironments.map((zone) => ({ ...zone, from: "the environments" }));
  const problems: string[] = [];
  for (const { from, zones } of sources) {
    for (const { name, id: said } of zones) {
      const id = said ?? zoneIdOf(name);
      const same = known.find((other) => other.name === name);
      const sharing = known.find((other) => other.id === id);
      if (same === undefined && sharing === undefined) known.push({ name, id, from });
      else if (same === undefined) {
        problems.push(
          `The zone ${name} has the id ${id} by ${from}, which is that of ${String(sharing?.name)} by ` +
            `${String(sharing?.from)}. Give it another id.`,
        );
      } else if (said !== undefined && same.id !== said) {
        problems.push(
          `The zone ${name} has the id ${same.id} by ${same.from}, and ${id} by ${from}. Let both say the same, or ` +
            "give --state another folder.",
        );
      }
    }
  }
  if (problems.length > 0) throw refusal(problems);
  return known.slice(ofEnvironments.length).map(({ id, name }) => ({ id, name }));
}

function problemOf(name: string, id: string | undefined): string | undefined {
  const shown = JSON.stringify(name.slice(0, REPEATED));
  const problem = hostnameProblem(name);
  if (problem !== undefined) return `--zone ${shown} ${problem.what}: ${problem.remedy}.`;
  if (/(?:^|\.)(?:localhost|invalid)$/.test(asciiHostname(name))) {
    return `--zone ${shown} is a name that this machine keeps for itself: use another one, for example shop.example.`;
  }
  if (id === undefined || /^[0-9a-f]{32}$/.test(id)) return undefined;
  return (
    `--zone gives ${shown} the id ${JSON.stringify(id.slice(0, REPEATED))}, which is not one: write 32 characters ` +
    "of 0 to 9 and a to f behind the =, or the name alone."
  );
}

function refusal(problems: readonly string[]): UserError {
  const more = problems.length - SHOWN;
  const named = problems.slice(0, SHOWN).join(" ");
  return new UserError("local-zone", more > 0 ? `${named} And ${more} more.` : named);
}
