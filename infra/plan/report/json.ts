import { type BodyOf, inFormat } from "../../json/format.ts";
import type { Change } from "../changes/change.ts";
import type { CoveredUrl } from "../coverage.ts";
import type { Review } from "../review.ts";
import type { Risk } from "../risks/risk.ts";
import { jsonText } from "../../text/printable.ts";
import { plainText } from "../sentence.ts";
import { outcomeSentence } from "./outcome.ts";
import { PLAN_REPORT } from "./plan-report-format.ts";

type Report = BodyOf<typeof PLAN_REPORT>;

/** The report for programs. */
export function jsonReport(review: Review): string {
  const { environment, terraformVersion, digest, digestIsKeyed, counts, risk, risks, changes, coverage } =
    review;
  const report = inFormat(PLAN_REPORT, {
    environment,
    terraformVersion,
    digest,
    digestIsKeyed,
    counts,
    highestRisk: risk,
    risks: risks.map(riskJson),
    changes: changes.map(changeJson),
    coverage: coverage.map(coverageJson),
  });
  return toJson(report);
}

/** JSON in which nothing is left out: what is not there is null. */
export function toJson(value: unknown): string {
  const whole: unknown = JSON.parse(JSON.stringify(value, (_name, inner: unknown) => inner ?? null));
  return `${jsonText(whole, 2)}\n`;
}

function riskJson({ rule, level, title, explanation, remedy }: Risk): Report["risks"][number] {
  return { rule, level, title: plainText(title), explanation, remedy };
}

function changeJson({
  sentence,
  details,
  effect,
  kind,
  address,
  ...subject
}: Change): Report["changes"][number] {
  return { effect, kind, address, text: plainText(sentence), ...subject, details: details.map(plainText) };
}

function coverageJson({ url, expected, before, after, broken }: CoveredUrl): Report["coverage"][number] {
  return {
    url,
    expected,
    holds: broken === undefined,
    broken,
    before: { ...before, text: plainText(outcomeSentence(before)) },
    after: { ...after, text: plainText(outcomeSentence(after)) },
  };
}
