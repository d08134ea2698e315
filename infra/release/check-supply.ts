import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { PACKAGE_ROOT } from "../files/package-root.ts";
import { billProblems } from "./bill-of-materials.ts";
import { licenceProblems } from "./licences.ts";

// npm run check:supply: the licences of what is installed, and the bill of materials.
const lock = z
  .object({
    name: z.string(),
    version: z.string(),
    packages: z.record(
      z.string(),
      z.object({
        name: z.string().optional(),
        version: z.string().default(""),
        license: z.string().optional(),
        dev: z.boolean().optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(PACKAGE_ROOT, "package-lock.json"), "utf8")));
const packages = Object.entries(lock.packages)
  .filter(([path]) => path !== "")
  // One that is installed under another name says its own.
  .map(([path, each]) => ({ ...each, name: each.name ?? path.replace(/^.*node_modules\//, "") }));

const { stdout } = await promisify(execFile)("npm", ["run", "-s", "sbom"], {
  cwd: PACKAGE_ROOT,
  maxBuffer: 64 * 1024 * 1024,
});
const licences = licenceProblems(packages);
const bill = await billProblems(stdout, lock, packages);
if (licences.length > 0) {
  process.stderr.write(
    `Licences that are not allowed here:\n${licences.join("\n")}\nTake another package; or, where the licence allows ` +
      "what is done with it, add it to infra/release/licences.ts with the reason.\n",
  );
}
if (bill.length > 0) {
  process.stderr.write(
    `The bill of materials (npm run sbom) is wrong:\n${bill.join("\n")}\nRun npm install, so that package-lock.json ` +
      "says what package.json asks for, then run this again.\n",
  );
}
if (licences.length + bill.length > 0) process.exitCode = 1;
else process.stdout.write(`${packages.length} packages: licences allowed, bill of materials valid.\n`);
