import { type CallNote, REFUSED_BY_ALL } from "../../../../../infra/local/cloudflare/api/call-notes.ts";
import { type Gap } from "../../../../../infra/local/cloudflare/api/gaps.ts";
import type { EmulatedRoute } from "../../../../../infra/local/cloudflare/api/management-api.ts";
import { type Demand, demandOf } from "../../../../../infra/local/cloudflare/api/permission-table.ts";
import {
  ANSWERED_TYPES,
  RECORDED_TYPES,
  type TerraformType,
  UNCOVERED_TYPES,
} from "../../../../../infra/local/cloudflare/api/terraform-coverage.ts";
import { CONTROL_CALLS } from "../../../../../infra/local/cloudflare/control/calls.ts";

export interface EmulatedParts {
  readonly routes: readonly EmulatedRoute[];
  readonly notes: readonly CallNote[];
  readonly gaps: readonly Gap[];
}

/** docs/local-cloudflare-calls.md: what is answered and what not, call by call. */
export function emulatedPage({ routes, notes, gaps }: EmulatedParts): string {
  const noteOf = new Map(notes.flatMap((note) => note.calls.map((call) => [call, note] as const)));
  return [
    "# Calls of the local Cloudflare",
    "",
    "A test writes this page (`test/infra/local/cloudflare/api/emulated.test.ts`, with `-u`), from the routes, the permissions and the notes in `infra/local/cloudflare/api/`. What it is and how it is used is in [local-cloudflare.md](local-cloudflare.md); how to test Terraform with it, in [testing-terraform-for-workers.md](testing-terraform-for-workers.md).",
    "",
    "## Calls of Cloudflare's API",
    "",
    "All of them are under `/client/v4`. A parameter begins with a colon. Of the permissions, any one is enough. A test makes every refusal in these tables happen.",
    "",
    "| call | keeps or tells | permission | refuses |",
    "| --- | --- | --- | --- |",
    ...routes.map(({ method, path }) => {
      const note = noteOf.get(`${method} ${path}`);
      return row([
        `\`${method} ${path}\``,
        note?.keeps ?? "",
        permissionText(demandOf(method, path)),
        refusedText(note?.refuses ?? {}),
      ]);
    }),
    "",
    "Every call refuses, before it looks at what it is about:",
    "",
    "| code | what |",
    "| --- | --- |",
    ...Object.entries(REFUSED_BY_ALL).map(([code, when]) => row([code, when])),
    "",
    "## Calls that it does not answer",
    "",
    "Of wrangler and of the SDK, in the same fields. The answer is 404 with code 7000, and says what stands here.",
    "",
    "| path | why not |",
    "| --- | --- |",
    ...gaps.flatMap(({ paths, reason }) => paths.map((path) => row([`\`${path}\``, reason]))),
    "",
    "## Calls beside Cloudflare's API",
    "",
    "They need the token that may do everything, except for the health. See [reset and snapshots](local-cloudflare.md#health-reset-and-snapshots).",
    "",
    "| call | what it does |",
    "| --- | --- |",
    ...CONTROL_CALLS.map(({ method, path, does }) => row([`\`${method} ${path}\``, does])),
    "",
    "## Terraform's provider 5.14",
    "",
    "Recorded with the real provider, and replayed by a test at every run:",
    "",
    ...typesTable(RECORDED_TYPES),
    "",
    "Answered as Cloudflare's documentation has them, and not tried with the real provider here:",
    "",
    ...typesTable(ANSWERED_TYPES),
    "",
    "Next to Workers, and not emulated. Any other type belongs to a product that is not emulated at all:",
    "",
    "| type | instead |",
    "| --- | --- |",
    ...UNCOVERED_TYPES.map(({ types, instead }) => row([named(types), instead])),
  ].join("\n");
}

function typesTable(all: readonly TerraformType[]): readonly string[] {
  return [
    "| type | calls |",
    "| --- | --- |",
    ...all.map(({ types, calls }) => row([named(types), named(calls)])),
  ];
}

function named(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(", ");
}

const ON: Readonly<Record<Demand["on"], string>> = {
  account: "",
  zone: "",
  user: "",
  "some-zone": " on at least one zone",
  "every-zone": " on every zone",
};

/** More names than that say less than their number. */
const MOST_NAMED = 3;

function permissionText(demand: Demand | undefined): string {
  if (demand === undefined) return "";
  const { any, on } = demand;
  if (any.length === 0) return "any valid token";
  const names =
    any.length > MOST_NAMED ? `any on ${on === "zone" ? "the zone" : "the account"}` : any.join(", ");
  return `${names}${ON[on]}`;
}

function refusedText(refuses: CallNote["refuses"]): string {
  return Object.entries(refuses)
    .map(([code, when]) => `${code}: ${when}`)
    .join("; ");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
