import { SWITCH_NOTE } from "../account/switch-note-format.ts";
import { ADOPT } from "../adopt/adopt-format.ts";
import { BUNDLE_FORM } from "../bundles/bundle-form.ts";
import { BUNDLE } from "../bundles/bundle-format.ts";
import { BUNDLE_HISTORY } from "../bundles/deployed-bundle.ts";
import { SYNTH } from "../commands/run/synth-format.ts";
import { CONFIG_DIFF } from "../configuration/diff-format.ts";
import { CONFIG_EXPLAIN } from "../configuration/explain/explain-format.ts";
import { WORKER_LOG } from "../configuration/explain/worker-log-format.ts";
import { CONFIG_VALIDATE } from "../configuration/findings/validate-format.ts";
import { CONFIG_HISTORY } from "../configuration/history-format.ts";
import { CONFIG_PULLED } from "../configuration/push/pulled-note.ts";
import { CONFIG_SHOW } from "../configuration/show-format.ts";
import { ERROR } from "../console/error-format.ts";
import { DEPLOY } from "../deploy/deploy-format.ts";
import { DESTROY } from "../deploy/destroy-format.ts";
import { ROLLBACK_LIST } from "../deploy/rollback-list-format.ts";
import { DOCTOR } from "../doctor/doctor-format.ts";
import { VALIDATE } from "../environments/definition/validate-format.ts";
import { EXPORT } from "../export/export-format.ts";
import { REVIEWED_DIGEST } from "../github/reviewed-digest-format.ts";
import { INIT } from "../init/init-format.ts";
import type { Format } from "../json/format.ts";
import { PREVIEW_READY, PREVIEW_STEP } from "../local/preview/preview-format.ts";
import { SCENARIO } from "../local/rehearsal/scenarios/scenario-file.ts";
import { REHEARSE } from "../local/rehearsal/verdict/rehearse-format.ts";
import { LOCAL_READY } from "../local/server/local-ready-format.ts";
import { DRIFT } from "../plan/drift/drift-format.ts";
import { PLAN_REPORT } from "../plan/report/plan-report-format.ts";
import { ROUTES_EXPLAIN } from "../plan/routes-explain-format.ts";
import { SWITCH } from "../switch/switch-format.ts";
import { SWITCH_STATUS } from "../switch/switch-status-format.ts";
import { VERIFY } from "../verify/verify-format.ts";
import { WORKER_STATUS } from "../verify/worker-status-format.ts";

/** Every format, in the order of a day's work: what commands print, what people write, what is kept. */
export const FORMATS: readonly Format[] = [
  ...[INIT, ADOPT, VALIDATE, DOCTOR, SYNTH, BUNDLE],
  ...[PLAN_REPORT, DEPLOY, VERIFY, DRIFT, ROLLBACK_LIST, DESTROY, EXPORT],
  ...[SWITCH, SWITCH_STATUS, REVIEWED_DIGEST],
  ...[ROUTES_EXPLAIN, CONFIG_SHOW, CONFIG_VALIDATE, CONFIG_DIFF, CONFIG_EXPLAIN, CONFIG_HISTORY],
  ...[PREVIEW_READY, PREVIEW_STEP, LOCAL_READY, REHEARSE],
  ...[ERROR, WORKER_LOG],
  ...[SCENARIO],
  ...[SWITCH_NOTE, CONFIG_PULLED, BUNDLE_FORM, BUNDLE_HISTORY, WORKER_STATUS],
];
