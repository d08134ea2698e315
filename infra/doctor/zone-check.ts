import { z } from "zod";
import type { CloudflareAccess } from "../account/read-api.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { answerWords, askCloudflare } from "./ask-cloudflare.ts";
import { type Finding, findingsOf } from "./finding.ts";

/** A zone as the account has it. */
export interface SeenZone {
  readonly id: string;
  readonly name: string;
}

const zone = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  paused: z.boolean().optional(),
  account: z.object({ id: z.string(), name: z.string().optional() }),
});

/** The zones of an environment: seen by the token, in this account, active. */
export async function checkZones(
  { accountId, routes }: Pick<ConnectorSpec, "accountId" | "routes">,
  access: CloudflareAccess,
): Promise<{ readonly findings: readonly Finding[]; readonly zones: readonly SeenZone[] }> {
  const wanted = new Map(routes.map((route) => [JSON.stringify(route.zone), route.zone]));
  const seen = await Promise.all([...wanted.values()].map((one) => checkZone(one, accountId, access)));
  return {
    findings: seen.flatMap(({ findings }) => findings),
    zones: seen.flatMap(({ zone: found }) => (found === undefined ? [] : [found])),
  };
}

async function checkZone(
  wanted: ConnectorSpec["routes"][number]["zone"],
  accountId: string,
  access: CloudflareAccess,
): Promise<{ readonly findings: readonly Finding[]; readonly zone: SeenZone | undefined }> {
  const { ok, problem } = findingsOf("zone");
  const words = "id" in wanted ? wanted.id : wanted.name;
  const answer = await askCloudflare(
    access,
    "id" in wanted ? `/zones/${wanted.id}` : `/zones?name=${encodeURIComponent(wanted.name)}`,
  );
  const parsed = z.union([zone, z.array(zone).min(1)]).safeParse(answer.result);
  const found = Array.isArray(parsed.data) ? parsed.data[0] : parsed.data;
  if (found === undefined) {
    const why = answer.status === 200 ? "no zone of this name" : answerWords(answer);
    const fix =
      "id" in wanted
        ? "check zoneId in the environment, and that the token is for this zone"
        : "check zoneName in the environment, and that the token has Zone · Zone · Read for it";
    return { findings: [problem(`the token cannot see the zone ${words} (${why})`, fix)], zone: undefined };
  }
  const { id, name, status, paused = false, account } = found;
  const findings = [
    account.id === accountId
      ? ok(`the zone ${name} is in the account ${accountId}`)
      : problem(
          `the zone ${name} is in the account ${account.id}, and the environment's accountId is ${accountId}`,
          "write the account of the zone into the environment: a Worker gets no pages of another account's zone",
        ),
    ...(status === "active" && !paused ? [ok(`the zone ${name} is active`)] : []),
    ...(status === "active"
      ? []
      : [
          problem(
            `the zone ${name} is ${status}: no visitor comes through Cloudflare`,
            "finish its set-up in the dashboard; most often its name servers are not Cloudflare's yet",
          ),
        ]),
    ...(paused
      ? [
          problem(
            `Cloudflare is paused for the zone ${name}: every visitor goes past the Worker`,
            "resume it in the dashboard (Overview, Advanced Actions)",
          ),
        ]
      : []),
  ];
  return { findings, zone: { id, name } };
}
