import { z } from "zod";
import type { CloudflareAccess } from "../account/read-api.ts";
import { answerWords, askCloudflare, isRefused } from "./ask-cloudflare.ts";
import { type Finding, findingsOf } from "./finding.ts";
import { ownPath } from "../text/own-path.ts";

/** A token that Cloudflare takes. */
export interface KnownToken {
  readonly id: string;
  /** Path below which its own permissions can be read, where it may read them. */
  readonly path: string;
}

const verified = z.object({
  id: z.string(),
  status: z.string(),
  not_before: z.string().optional(),
  expires_on: z.string().optional(),
});

/** Days before its end that are time to make another one. */
const SOON = 14;
const DAY_MS = 24 * 60 * 60 * 1000;
const MAKE = `make another one (${ownPath("README.md")}, Deploy for real, 2) and export it as CLOUDFLARE_API_TOKEN`;

/** Whether the token is valid, and for how long. A token belongs to a user or to an account. */
export async function checkToken(
  access: CloudflareAccess,
  accountIds: readonly string[],
  now = new Date(),
): Promise<{ readonly findings: readonly Finding[]; readonly token: KnownToken | undefined }> {
  const { ok, warning, problem, notTried } = findingsOf("token");
  let refusal = "";
  for (const path of ["/user/tokens", ...accountIds.map((id) => `/accounts/${id}/tokens`)]) {
    const answer = await askCloudflare(access, `${path}/verify`);
    const parsed = verified.safeParse(answer.result);
    if (!parsed.success) {
      refusal = answerWords(answer);
      if (isRefused(answer) || answer.status === 400 || answer.status === 404) continue;
      return {
        findings: [notTried(`Cloudflare answered ${refusal} where the token was to be verified`)],
        token: undefined,
      };
    }
    const { id, status, not_before: begins, expires_on: ends } = parsed.data;
    const whose = path === "/user/tokens" ? "of a user" : "of the account";
    if (status !== "active") {
      return { findings: [problem(`the token is ${status}`, MAKE)], token: undefined };
    }
    if (begins !== undefined && new Date(begins) > now) {
      const fix = "wait until then, or make one that is valid at once";
      return { findings: [problem(`the token is not valid before ${begins}`, fix)], token: undefined };
    }
    const left = ends === undefined ? Infinity : (new Date(ends).getTime() - now.getTime()) / DAY_MS;
    const until = ends === undefined ? "without an end" : `until ${ends}`;
    return {
      findings: [
        left < SOON
          ? warning(`the token, ${whose}, is valid only ${until}`, `${MAKE}, before pipelines stop`)
          : ok(`the token, ${whose}, is valid ${until}`),
      ],
      token: { id, path },
    };
  }
  return {
    findings: [problem(`Cloudflare does not know the token in CLOUDFLARE_API_TOKEN (${refusal})`, MAKE)],
    token: undefined,
  };
}
