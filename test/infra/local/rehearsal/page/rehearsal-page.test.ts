import fc from "fast-check";
import { Parser } from "htmlparser2";
import { expect, it } from "vitest";
import type { Rehearsal } from "../../../../../infra/local/rehearsal/rehearsal.ts";
import { rehearsalPage } from "../../../../../infra/local/rehearsal/page/rehearsal-page.ts";
import { verdictOf } from "../../../../../infra/local/rehearsal/verdict/verdict-of.ts";
import { hostileRehearsals } from "../hostile-rehearsals.ts";
import { breachOf, MINUTE, rehearsalBreaking, rehearsalWith } from "../rehearsals.ts";

const page = (rehearsal: Rehearsal) => rehearsalPage(rehearsal, verdictOf(rehearsal));

/** Elements, with their attributes and values, as a browser reads them. */
function elementsOf(
  text: string,
): readonly { readonly name: string; readonly attributes: Record<string, string> }[] {
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const parser = new Parser({ onopentag: (name, attributes) => found.push({ name, attributes }) });
  parser.end(text);
  return found;
}

/** What is read, tags left out. */
function readIn(text: string): string {
  const parts: string[] = [];
  const parser = new Parser({ ontext: (part) => parts.push(part) });
  parser.end(text);
  return parts.join("").replaceAll(/\s+/g, " ");
}

it("is one page that needs nothing else, and has no script", async () => {
  const elements = elementsOf(await page(rehearsalBreaking("turn")));
  expect(elements.filter(({ name }) => name === "script" || name === "img" || name === "iframe")).toEqual([]);
  const addresses = elements.flatMap(({ attributes }) => [attributes["href"], attributes["src"]]);
  expect(addresses.filter((address) => address !== undefined)).toEqual(["data:,"]);
  expect(elements.filter(({ attributes }) => "style" in attributes)).toEqual([]);
});

it("forbids itself everything but its own style", async () => {
  const meta = elementsOf(await page(rehearsalWith())).find(({ attributes }) => "http-equiv" in attributes);
  expect(meta?.attributes["content"]).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/]+=*'; img-src data:;/,
  );
});

it("tells the whole story of each breach, the first one open", async () => {
  const rehearsal = {
    ...rehearsalWith(),
    breaches: [breachOf("turn"), breachOf("turn", 2 * MINUTE)],
    breachCounts: { turn: 3, order: 0, place: 0, answered: 0 },
  };
  const text = await page(rehearsal);
  expect(readIn(text)).toContain("1 s GET https://shop.example.com/tickets → 302 to the waiting room");
  expect(readIn(text)).toContain("And 1 more, not told here.");
  const stories = elementsOf(text).filter(
    ({ name, attributes }) => name === "details" && attributes["class"] !== "chart-figures",
  );
  expect(stories.map(({ attributes }) => "open" in attributes)).toEqual([true, false]);
});

it("has a figure for the line, for who came and went, and for the requests, with what happened", async () => {
  const events = [{ what: "KV fails", fromMs: MINUTE, toMs: 2 * MINUTE, outcome: "nobody noticed" }];
  const text = await page(rehearsalWith({ events }));
  expect(elementsOf(text).filter(({ name }) => name === "figure")).toHaveLength(3);
  expect(readIn(text)).toContain("KV fails: nobody noticed 1 min to 2 min");
});

it("says so where there is nothing to fix", async () => {
  expect(readIn(await page(rehearsalWith()))).toContain("Nothing was found in what was tried.");
});

it("gives every heading of a section to a screen reader, and every table its heads", async () => {
  const elements = elementsOf(await page(rehearsalBreaking("turn")));
  const ids = elements.flatMap(({ attributes }) => attributes["id"] ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { attributes } of elements) {
    for (const id of (attributes["aria-labelledby"] ?? "").split(" ").filter(Boolean))
      expect(ids).toContain(id);
  }
  const heads = elements.filter(({ name }) => name === "th");
  expect(heads.filter(({ attributes }) => attributes["scope"] === undefined)).toEqual([]);
});

it("has no element and no attribute but its own, whatever was rehearsed", async () => {
  const shapeOf = async (rehearsal: Rehearsal) =>
    elementsOf(await page(rehearsal)).map(({ name, attributes }) =>
      [name, ...Object.keys(attributes)].join(" "),
    );
  const known = new Set([
    ...(await shapeOf(rehearsalBreaking("turn", MINUTE, { kind: "deploy", atMs: 0 }))),
    ...(await shapeOf(rehearsalWith({ events: [{ what: "a", fromMs: 0, toMs: 9, outcome: undefined }] }))),
    "strong",
  ]);
  await fc.assert(
    fc.asyncProperty(hostileRehearsals, async (rehearsal) => {
      expect([...new Set(await shapeOf(rehearsal))].filter((shape) => !known.has(shape))).toEqual([]);
    }),
    { numRuns: 10 },
  );
});
