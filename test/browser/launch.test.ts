import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { launchBrowser } from "./launch.ts";

it("the browser of the tests is never one that somebody has put into the temporary directory", async () => {
  const temporary = await mkdtemp(join(tmpdir(), "test-browser-"));
  const marker = join(temporary, "was-run");
  await writeFile(join(temporary, "chromium"), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
  const { TMPDIR } = process.env;
  process.env["TMPDIR"] = temporary;
  try {
    const launched = await launchBrowser();
    if ("browser" in launched) await launched.browser.close();
  } finally {
    if (TMPDIR === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = TMPDIR;
  }
  expect(existsSync(marker)).toBe(false);
  await rm(temporary, { recursive: true });
});
