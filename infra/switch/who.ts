import { z } from "zod";
import type { CloudflareAccess } from "../account/read-api.ts";
import { askCloudflare } from "../doctor/ask-cloudflare.ts";
import { oneLine } from "./reason.ts";

/** Names that a person may be known by on this machine, the best first; empty ones are not known. */
export interface KnownNames {
  /** GITHUB_ACTOR: who pressed the button. */
  readonly githubActor: string | undefined;
  /** Git's user.name. */
  readonly gitName: string | undefined;
  /** Name of the user of this machine. */
  readonly systemUser: string | undefined;
}

/** Characters of a name that a note keeps. */
const LONGEST = 80;

const verified = z.object({ id: z.string().max(64) });

/** Who switches, as a note says it: a person as far as one is known, and the token that did it. */
export function whoOf({ githubActor, gitName, systemUser }: KnownNames, tokenId: string | undefined): string {
  const named = [githubActor && `${oneLine(githubActor)} (GitHub)`, gitName, systemUser]
    .map((name) =>
      oneLine(name ?? "")
        .slice(0, LONGEST)
        .trim(),
    )
    .find((name) => name !== "");
  const person = named ?? "somebody";
  return tokenId === undefined ? person : `${person}, with the API token ${oneLine(tokenId)}`;
}

/** The id of the token, which its owner finds in Cloudflare's dashboard; undefined where Cloudflare does not tell. */
export async function tokenIdOf(accountId: string, access: CloudflareAccess): Promise<string | undefined> {
  for (const path of ["/user/tokens/verify", `/accounts/${encodeURIComponent(accountId)}/tokens/verify`]) {
    // Asked once: nobody waits for a name in a hurry.
    const answer = await askCloudflare(access, path).catch(() => undefined);
    const known = verified.safeParse(answer?.result);
    if (known.success) return known.data.id;
  }
  return undefined;
}
