import { join } from "node:path";
import { type Browser, chromium as playwright } from "playwright-core";

import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { makePrivateFolder } from "../../infra/terraform/state-files.ts";

/** A real Chromium, or why there is none on this machine. */
export type Launched = { readonly browser: Browser } | { readonly missing: string };

/**
 * On Linux the browser comes from npm; elsewhere, and where that one does not start, an installed Chrome is
 * used.
 */
export async function launchBrowser(): Promise<Launched> {
  const attempts = process.platform === "linux" ? [fromNpm, installed] : [installed];
  const reasons: string[] = [];
  for (const attempt of attempts) {
    try {
      return { browser: await attempt() };
    } catch (error) {
      reasons.push(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
    }
  }
  return { missing: reasons.join("; ") };
}

/** The package has the browser let every page read every other, which no visitor's does. */
const ANY_ORIGIN = "--disable-web-security";

async function fromNpm(): Promise<Browser> {
  const { chromium, executablePath } = await unpacked();
  const args = [...chromium.args, ...QUIET].filter((argument) => argument !== ANY_ORIGIN);
  return playwright.launch({ executablePath, args, headless: true });
}

/**
 * It unpacks the browser into the temporary directory, and takes one that somebody else has put there: not
 * from us.
 */
async function unpacked() {
  const folder = join(PACKAGE_ROOT, "node_modules/.cache/queueit-browser");
  const { TMPDIR } = process.env;
  await makePrivateFolder(folder);
  process.env["TMPDIR"] = folder;
  try {
    const { default: chromium } = await import("@sparticuz/chromium");
    return { chromium, executablePath: await chromium.executablePath() };
  } finally {
    if (TMPDIR === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = TMPDIR;
  }
}

function installed(): Promise<Browser> {
  return playwright.launch({ channel: "chrome", args: QUIET, headless: true });
}

// A browser that stays at home: without these it looks up hosts of its maker at every start.
const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];
