// `npm run e2e`: real Terraform with the real provider against the local Cloudflare. Not part of `npm test`.
import { type EndToEnd, runSteps } from "./run-steps.ts";
import { adopt } from "./steps/adopt.ts";
import { chain } from "./steps/chain.ts";
import { cdktfDeploy, cdktfDestroy } from "./steps/cdktf.ts";
import { create, traffic } from "./steps/create.ts";
import { destroy, destroyRefused } from "./steps/destroy.ts";
import { drift } from "./steps/drift.ts";
import { hooks } from "./steps/hooks.ts";
import { promotion, promotionRefused } from "./steps/promote.ts";
import {
  aheadRefused,
  driftTold,
  promoted,
  rolledBack,
  stagingDeployed,
  stagingVerified,
  takenDown,
} from "./steps/promotion-walk.ts";
import { exported } from "./steps/export.ts";
import { rotateSecret } from "./steps/rotate.ts";
import { failureSwitched, switchedOff } from "./steps/switch.ts";
import { updateBundle } from "./steps/update.ts";

/** Each list has a local Cloudflare and a project of its own; its steps build on one another. */
const RUNS: EndToEnd = [
  [
    create,
    traffic,
    exported,
    updateBundle,
    hooks,
    drift,
    promotionRefused,
    promotion,
    rotateSecret,
    destroyRefused,
    destroy,
  ],
  [
    stagingDeployed,
    stagingVerified,
    switchedOff,
    failureSwitched,
    aheadRefused,
    promoted,
    rolledBack,
    driftTold,
    takenDown,
  ],
  [adopt],
  [chain],
  [cdktfDeploy, cdktfDestroy],
];

process.exitCode = await runSteps(RUNS, process.env, (line) => process.stdout.write(`${line}\n`));
