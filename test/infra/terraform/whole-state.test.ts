import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { requireWholeState } from "../../../infra/terraform/whole-state.ts";
import { newFolder } from "../../support/new-folder.ts";

const STATE = `${JSON.stringify({ version: 4, serial: 3, outputs: {}, resources: [{ name: "first" }] })}\n`;

let root: string;
beforeEach(async () => {
  root = await newFolder();
});

const judged = () => requireWholeState("staging", { type: "local", path: "a.tfstate" }, root);
const write = (name: string, text: string) => writeFile(join(root, name), text);

describe("a local state", () => {
  it("that is whole, or that is not there, is taken", async () => {
    await judged();
    await write("a.tfstate", STATE);
    await judged();
  });

  it("that is cut off at any byte is refused, with what to put back, and left as it is", async () => {
    await write("a.tfstate.backup", STATE);
    const cuts = Array.from({ length: STATE.trimEnd().length }, (_, length) => length);
    // Each is looked at for half a second: another Terraform may be writing it.
    await Promise.all(
      cuts.map(async (length) => {
        const folder = await newFolder();
        await writeFile(join(folder, "a.tfstate.backup"), STATE);
        await writeFile(join(folder, "a.tfstate"), STATE.slice(0, length));
        await expect(
          requireWholeState("staging", { type: "local", path: "a.tfstate" }, folder),
          `${length} bytes`,
        ).rejects.toThrow(
          /nothing was changed: .* put it back with "cp \S+a\.tfstate\.backup \S+a\.tfstate"/,
        );
        expect(await readFile(join(folder, "a.tfstate"), "utf8")).toBe(STATE.slice(0, length));
      }),
    );
  });

  it("that is empty is taken where nothing was ever deployed: a first plan that was killed leaves it", async () => {
    await write("a.tfstate", "");
    await judged();
  });

  it("that is empty is refused where something was", async () => {
    await write("a.tfstate", "");
    await mkdir(join(root, "bundles/history"), { recursive: true });
    const deployed = {
      sha256: "a".repeat(64),
      bytes: 1,
      deployedAt: "2026-11-25T00:00:00.000Z",
      digest: "b".repeat(64),
    };
    await write("bundles/history/staging.json", JSON.stringify([deployed]));
    await expect(judged()).rejects.toThrow(
      /a\.tfstate, which holds the state of staging, is empty\. .*import what exists/,
    );
  });

  it("that another Terraform is writing at this moment is taken once it is whole", async () => {
    await write("a.tfstate", STATE.slice(0, 20));
    const judging = judged();
    await write("a.tfstate", STATE);
    await judging;
  });
});
