import { deepWithoutSecrets } from "../console/without-secrets.ts";
import { inFormat } from "../json/format.ts";
import { toJson } from "../plan/report/json.ts";
import type { Check } from "./check.ts";
import { verdictOf } from "./verdict.ts";
import { VERIFY } from "./verify-format.ts";

/** What was tried on an environment, for programs. */
export function verifyJson(environment: string, checks: readonly Check[]): string {
  const { ready, sentence } = verdictOf(environment, checks);
  return toJson(
    deepWithoutSecrets(inFormat(VERIFY, { environment, passed: ready, verdict: sentence, checks })),
  );
}
