import type { CloudflareAccess } from "../account/read-api.ts";
import { asciiHostname } from "../cloudflare/hostname.ts";
import type { Environment, Site } from "../environments/environment.ts";
import type { Earlier } from "./earlier-environments.ts";
import type { ReadFlags } from "./flags.ts";
import type { Questions } from "./questions.ts";
import type { ProposedBypasses } from "./site-bypasses.ts";

/** Where answers come from: the command line first, then the person, then the file that is there. */
export interface Sources {
  /** Of the environment; undefined where it was not given, and nobody can be asked. */
  readonly name: string | undefined;
  readonly flags: ReadFlags;
  /** The environment that is there already, and is no example. */
  readonly existing: Environment | undefined;
  readonly earlier: Earlier;
  /** Of the account, or why it cannot be asked. */
  readonly access: CloudflareAccess | string;
  /** Undefined where nobody can be asked. */
  readonly questions: Questions | undefined;
  readonly bypassesOf: (hostname: string) => Promise<ProposedBypasses>;
}

/** The site of a hostname, in whichever spelling, in the environment that is there. */
export function siteOfHost(existing: Environment | undefined, hostname: string): Site | undefined {
  return existing?.sites.find((site) => asciiHostname(site.hostname) === asciiHostname(hostname));
}
