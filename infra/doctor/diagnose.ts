import { UserError } from "../errors/user-error.ts";
import { type Finding, findingsOf } from "./finding.ts";
import { ownPath } from "../text/own-path.ts";

/** Something to look at. It changes nothing. */
export interface DoctorCheck {
  /** For programs, and while somebody waits. */
  readonly name: string;
  readonly run: () => Promise<readonly Finding[]>;
}

/** Nobody knows then: what was asked for may be in order. */
const NOT_TOLD: ReadonlySet<string> = new Set([
  "cloudflare-refused",
  "cloudflare-unreachable",
  "bucket-unreachable",
  "local-edge",
]);

/** Seconds. The calls within have limits of their own; this is for what nobody thought of. */
const LONGEST = 60;

/**
 * Runs a check to its end, whatever that is: a finding for what it throws, too.
 *
 * @param seconds It may take; what is under way then is left alone. Default: 60.
 * @param abandoned Called when that happens. Default: nobody is told.
 */
export async function diagnose(
  { name, run }: DoctorCheck,
  seconds = LONGEST,
  abandoned: () => void = () => undefined,
): Promise<readonly Finding[]> {
  const { problem, notTried } = findingsOf(name);
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<readonly Finding[]>((resolve) => {
    timer = setTimeout(() => {
      abandoned();
      resolve([notTried(`no end after ${seconds} seconds`, "run it again; look at the network")]);
    }, seconds * 1000);
  });
  try {
    return await Promise.race([run(), tooLong]);
  } catch (error) {
    if (error instanceof UserError) {
      const told = NOT_TOLD.has(error.code) ? notTried : problem;
      return [told(error.message, `see ${ownPath("docs/errors.md")}#${error.code}`)];
    }
    return [notTried(reasonOf(error), "look at the network, then run it again")];
  } finally {
    clearTimeout(timer);
  }
}

/** Why something did not work, in words. fetch hides it in the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  return cause instanceof Error ? `${message}: ${cause.message || cause.name}` : message;
}
