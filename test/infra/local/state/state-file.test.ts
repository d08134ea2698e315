import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OutsideTexts } from "../../../../infra/local/state/outside-texts.ts";
import { readState, writeState } from "../../../../infra/local/state/state-file.ts";
import { anyState } from "./arbitrary.ts";
import { moduleWorker } from "../cloudflare/worker-sources.ts";
import { stateTitled } from "./states.ts";

const bare = moduleWorker("");

function readFrom(text: string, texts: OutsideTexts = new Map()) {
  return readState(text, (sha256) => Promise.resolve(texts.get(sha256)));
}

describe("a state file", () => {
  it("gives back whatever state was written", async () => {
    await fc.assert(
      fc.asyncProperty(anyState, async (state) => {
        const { text, texts } = writeState(state);
        expect(await readFrom(text, texts)).toEqual({ ok: true, value: state });
      }),
      { numRuns: 50 },
    );
  });

  it("is refused when any part of its end is missing", async () => {
    const whole = writeState(stateTitled("any")).text.trimEnd();
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), async (length) => {
        expect(await readFrom(whole.slice(0, length))).toMatchObject({ ok: false });
      }),
    );
  });

  it.each([
    ["other JSON", '{"version":4,"terraform_version":"1.11.4"}'],
    ["a later format", writeState(stateTitled("any")).text.replace("state 1", "state 2")],
    ["no JSON", "resource {}"],
  ])("is refused when it is %s", async (_what, text) => {
    expect(await readFrom(text)).toMatchObject({ ok: false });
  });

  it.each([
    ["contents.domains", { domains: 5 }],
    ["contents.stores.0.name", { stores: [{ id: "1", createdOn: "", modifiedOn: "" }] }],
    [
      "contents.secrets.0.scopes",
      { secrets: [{ storeId: "1", name: "a", value: "hidden-value", scopes: {} }] },
    ],
    ["contents.routes.0.script", { routes: [{ id: "1", zoneId: "1", pattern: "a", script: 1 }] }],
    ["contents.schedules.0.crons.0", { schedules: [{ script: "a", crons: [1] }] }],
    ["contents.scripts.0.bindings", { scripts: [{ ...bare, bindings: undefined }] }],
    [
      "contents.scripts.0.bindings.0.text",
      { scripts: [{ ...bare, bindings: [{ type: "secret_text", name: "hidden-value", text: 1 }] }] },
    ],
    ["contents.scripts.0.history.versions", { scripts: [{ ...bare, history: { tag: "hidden-value" } }] }],
    [
      "contents.scripts.0.modules.0.base64",
      { scripts: [{ ...bare, modules: [{ name: "a", contentType: "b" }] }] },
    ],
    ["contents.uploads.0.script.content", { uploads: [{ versionId: "1", script: { ...bare, content: 1 } }] }],
  ])(
    "names %s when somebody has written something else there, and repeats no value",
    async (where, change) => {
      const state = stateTitled("any");
      const text = JSON.stringify({
        mark: "queueit-cf local state 1",
        state: { ...state, contents: { ...state.contents, ...change } },
      });
      const read = await readFrom(text);
      const problem = read.ok ? "" : read.problem;
      expect(problem).toContain(`state.${where}: `);
      expect(problem).not.toContain("hidden-value");
    },
  );

  it("has long code beside it, and is refused without that", async () => {
    const content = "\u0001".repeat(20_000);
    const state = stateTitled("any");
    const long = { ...state, contents: { ...state.contents, scripts: [{ ...bare, content }] } };
    const { text, texts } = writeState(long);
    expect(text.length).toBeLessThan(2000);
    expect(await readFrom(text, texts)).toEqual({ ok: true, value: long });
    expect(await readFrom(text)).toMatchObject({ problem: expect.stringContaining("missing") as string });
  });
});
