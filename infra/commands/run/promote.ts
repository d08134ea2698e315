import { coloursOn, lookOf, type Output } from "../../console/colours.ts";
import { promotionOf, promotionSource, requireVerified } from "../../deploy/promotion.ts";
import { settingDifferences } from "../../deploy/setting-differences.ts";
import { type Target, deployable, pickTarget, requireReady } from "../../specification/target.ts";
import { settled } from "../../environments/definition/settled.ts";
import { inTemporaryFolder } from "../../files/temporary-folder.ts";
import { goOnUnread } from "../../console/output.ts";
import { printable } from "../../text/printable.ts";
import { wrap } from "../../text/wrap.ts";
import { reasonOf } from "../../verify/check.ts";
import { askStatus } from "../../verify/deployed-status.ts";
import type { Reach } from "../../verify/reach.ts";
import { statusPages } from "../../verify/status-pages.ts";
import { checkLine } from "./check-line.ts";
import { runDeployment, reviewedOf, type DeploymentOptions } from "./deployment.ts";
import { switchedTarget } from "./switched-target.ts";
import { terminal } from "./terminal.ts";
import { bundleStore, optionalAccess, reach, secretKey, secretKeyOf, terraform } from "./workspace.ts";
import { withoutSecrets } from "../../console/without-secrets.ts";
import { readStartingTargets } from "./worker-starts.ts";

/** Promotes what the earlier environment runs. */
export async function runPromote(name: string, options: DeploymentOptions): Promise<void> {
  goOnUnread();
  const reviewed = await reviewedOf(options);
  const { targets } = await readStartingTargets();
  const planned = deployable(pickTarget(targets, name), process.env);
  const earlier = deployable(pickTarget(targets, promotionSource(planned)), process.env);
  requireReady(planned, process.env);
  const [key, sourceKey] = [secretKey(), secretKeyOf(earlier.spec.environment)];
  const output = options.json ? process.stderr : process.stdout;
  const write = (text: string) => output.write(withoutSecrets(text));
  const open = await terraform(planned);
  const [own, source] = [await switchedTarget(planned), await switchedTarget(earlier)];
  const sites = reach();
  try {
    await inTemporaryFolder("queueit-promote-", async (folder) => {
      const sourceStore = await bundleStore(source);
      const { target, running } = await promotionOf({ target: own, source, open, sourceStore, folder });
      const bundle = target.spec.worker.file.sha256;
      write(
        comparisonText(source, target, output, {
          bundle,
          running,
          sourceVersion: await configurationVersion(source, sites, sourceKey),
          version: await configurationVersion(target, sites, key),
        }),
      );
      write(`\n${coloursOn(output).bold(`Verifying ${source.spec.environment}`)}\n`);
      const verified = { target: source, reach: sites, secretKey: sourceKey, bundle };
      await requireVerified(
        { ...verified, account: optionalAccess(), progress: terminal.progress },
        (check) => write(checkLine(check, output)),
      );
      write("\n");
      await runDeployment(
        target,
        open,
        options,
        reviewed,
        `Promote ${source.spec.environment} to ${name}: apply`,
      );
    });
  } finally {
    await sites.close();
  }
}

interface Compared {
  readonly bundle: string;
  readonly running: string | undefined;
  readonly sourceVersion: string;
  readonly version: string;
}

function comparisonText(source: Target, target: Target, output: Output, compared: Compared): string {
  const { columns } = lookOf(output);
  const { bundle, running, sourceVersion, version } = compared;
  const [from, to] = [source.spec.environment, target.spec.environment];
  const differences = settingDifferences(source.named.environment, target.named.environment);
  const lines = [
    ...wrap(
      "  Bundle         ",
      running === bundle ? `${short(bundle)}, already` : `${short(running)} → ${short(bundle)}`,
      { columns },
    ),
    ...wrap("  Configuration  ", `${from} has ${sourceVersion}, ${to} has ${version}`, { columns }),
    ...differences.flatMap(({ setting, earlier, later, isMeant }) =>
      wrap(
        isMeant ? "  = " : "  ! ",
        printable(
          `${setting}: ${from} has ${earlier}, ${to} has ${later} (${isMeant ? "meant" : `not tried in ${from}`})`,
        ),
        { columns },
      ),
    ),
  ];
  return `${[coloursOn(output).bold(`What ${to} gets, compared with ${from}`), ...lines].join("\n")}\n`;
}

function short(sha256: string | undefined): string {
  return sha256?.slice(0, 12) ?? "(none)";
}

/** Which version of the integration configuration a site has, in words. */
async function configurationVersion(target: Target, sites: Reach, key: string): Promise<string> {
  const [page] = statusPages(target);
  if (page === undefined || settled(target.named).worker.source === "file") return "an unknown version";
  const status = await askStatus(sites, page, key).catch(reasonOf);
  if (typeof status === "string") return "none that can be queried";
  const { configuration } = status;
  return configuration === null
    ? "none"
    : `version ${configuration.version} with ${configuration.actions} actions`;
}
