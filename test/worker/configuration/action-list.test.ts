import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ActionsInText, actionSpans } from "../../../worker/configuration/action-list.ts";
import type { Action } from "../../../worker/configuration/integration-configuration.ts";
import { queueAction } from "../support/configurations.ts";

const bracketed = fc.string({
  unit: fc.constantFrom("a", '"', "\\", "{", "}", "[", "]", "\n", "\u2028", "\ud800", "é"),
});

/** Where actions stand in a text, as the texts themselves. */
function texts(text: string, actions: readonly Action[]): string[] | undefined {
  return actionSpans(text, actions)?.map((span) => text.slice(...span));
}

describe("where actions stand in the text of a configuration", () => {
  it("is found whatever their texts contain, and however they are written", () => {
    fc.assert(
      fc.property(fc.array(bracketed, { maxLength: 5 }), fc.constantFrom(undefined, 2), (names, space) => {
        const actions = names.map((name) => queueAction({ Name: name, [`"${name}`]: [[{}]] }));
        const text = JSON.stringify({ Version: 5, Integrations: actions }, null, space);
        expect(texts(text, actions)?.map((one) => JSON.parse(one) as unknown)).toEqual(actions);
      }),
    );
  });

  it.each([
    ["there are none", '{"Version":5,"Integrations":[]}', "[]"],
    ["there is a byte order mark", '\uFEFF{"Integrations":[{"Name":"a"}]}', '[{"Name":"a"}]'],
    ["white space is between them", ' { "Integrations" :\n[ {"Name":"a"} ,{} ] }', '[{"Name":"a"},{}]'],
  ])("is found where %s", (_what, text, actions) => {
    expect(`[${(texts(text, JSON.parse(actions) as Action[]) ?? []).join(",")}]`).toBe(actions);
  });

  it.each([
    [
      "the list stands twice",
      '{"Integrations":[{"Name":"a"}],"Integrations":[{"Name":"b"}]}',
      '[{"Name":"b"}]',
    ],
    ["other lists hold objects", '{"Notes":[{"Name":"a"}],"Integrations":[{"Name":"a"}]}', '[{"Name":"a"}]'],
    ["the text is another's", '{"Integrations":[{"Name":"a"}]}', '[{"Name":"b"}]'],
  ])("is not said where %s", (_what, text, actions) => {
    expect(actionSpans(text, JSON.parse(actions) as Action[])).toBeUndefined();
  });
});

describe("actions in a text", () => {
  const actions = new ActionsInText('[{"Name":"a"},{"Name":"b"}]', [
    [1, 13],
    [14, 26],
  ]);

  it("are parsed once, and are none beyond the end", () => {
    expect(actions.at(1)?.Name).toBe("b");
    expect(actions.at(1)).toBe(actions.at(1));
    expect(actions.at(2)).toBeUndefined();
    expect(actions.at(Infinity)).toBeUndefined();
  });

  it("come in their order", () => {
    expect([...actions].map(({ Name }) => Name)).toEqual(["a", "b"]);
    expect(actions).toHaveLength(2);
  });
});
