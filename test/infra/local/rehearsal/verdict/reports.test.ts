import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import type { Rehearsal } from "../../../../../infra/local/rehearsal/rehearsal.ts";
import { verdictJson } from "../../../../../infra/local/rehearsal/verdict/json.ts";
import { SUMMARY_LIMIT, verdictMarkdown } from "../../../../../infra/local/rehearsal/verdict/markdown.ts";
import { verdictText } from "../../../../../infra/local/rehearsal/verdict/text.ts";
import { verdictOf } from "../../../../../infra/local/rehearsal/verdict/verdict-of.ts";
import { faultsIn } from "../../../formats/validator.ts";
import { runs } from "../../../../support/runs.ts";
import { hostileRehearsals } from "../hostile-rehearsals.ts";
import { breachOf, rehearsalBreaking, rehearsalWith } from "../rehearsals.ts";

const text = (rehearsal: Rehearsal, look?: Parameters<typeof verdictText>[1]) =>
  verdictText(verdictOf(rehearsal), look);
const markdown = (rehearsal: Rehearsal) => verdictMarkdown(verdictOf(rehearsal));

describe("the text", () => {
  it("says first what was promised and how it went", () => {
    expect(text(rehearsalBreaking("turn")).split("\n").slice(0, 9)).toEqual([
      "Rehearsal of staging: On-sale at noon",
      "1 promise broken: nobody passes without a turn.",
      "1,000 visitors within 1 min, 100 let in a minute; 10 min in 12 s; seed 7.",
      "",
      "Promises",
      "  ✗ Nobody passes without a turn: broken",
      "    Once, somebody saw a protected page without having had a turn.",
      "    - attacker 17 after 1 min: saw /tickets with the cookie of another waiting",
      "      room",
    ]);
  });

  it("tells the whole story of the first breach", () => {
    expect(text(rehearsalBreaking("turn"))).toContain(
      "      1 s GET https://shop.example.com/tickets → 302 to the waiting room\n",
    );
  });

  it("has colours on a terminal only", () => {
    expect(text(rehearsalWith())).not.toContain("\u001b");
    expect(text(rehearsalWith(), { colours: true, columns: 80 })).toContain("\u001b[32m");
  });

  it.each([40, 80, 120])("keeps to a terminal of %i columns", (columns) => {
    const lines = text(rehearsalBreaking("turn"), { colours: false, columns }).split("\n");
    // Addresses stay in one piece, to be copied.
    const long = lines.filter((line) => stringWidth(line) > columns && !line.includes("https://"));
    expect(long).toEqual([]);
  });

  it("has nothing in it that a terminal obeys, whatever was rehearsed", () => {
    fc.assert(
      fc.property(hostileRehearsals, (rehearsal) => {
        expect(text(rehearsal).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: runs(2, 8) },
    );
  });
});

describe("the summary for a pull request", () => {
  it("has the promises, what to fix and what was not tried", () => {
    const summary = markdown(rehearsalBreaking("place"));
    expect(summary).toContain("### Rehearsal of `staging`: On-sale at noon");
    expect(summary).toContain("- ❌ **Nobody loses their place or session**: broken");
    expect(summary).toContain("- **high** Places or sessions lost with nothing else happening");
    expect(summary).toContain("Not tried: ");
  });

  it("always has its size, and is Markdown of ours only, whatever was rehearsed", () => {
    fc.assert(
      fc.property(hostileRehearsals, (rehearsal) => {
        const summary = markdown(rehearsal);
        expect(summary.length).toBeLessThanOrEqual(SUMMARY_LIMIT);
        const withoutSpans = summary.replaceAll(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, "");
        const tags = withoutSpans.match(/<[^>]*>?/g) ?? [];
        expect(tags.filter((tag) => !/^<(?:br|\/?details|\/?summary)>$/.test(tag))).toEqual([]);
        expect(withoutSpans).not.toMatch(/@|\]\(|!\[|https?:|www\./);
        expect(summary).not.toMatch(/^(?:Digest|<!--)/m);
      }),
      { numRuns: runs(2, 8) },
    );
  });

  it("leaves the beginning of a long story out, and says so", () => {
    const story = Array.from({ length: 100 }, (_, atMs) => ({ atMs, asked: `GET /${atMs}`, got: "302" }));
    const breaches = [{ ...breachOf("turn"), story }];
    const summary = markdown({ ...rehearsalBreaking("turn"), breaches });
    expect(summary).toContain("- 88 steps before, in the JSON report");
    expect(summary).toContain("`GET /99`");
    expect(summary).not.toContain("`GET /87`");
  });
});

describe("the JSON", () => {
  it("has its schema, whether it passed, the verdict and what it is made of", () => {
    const rehearsal = rehearsalBreaking("turn");
    const object = JSON.parse(verdictJson(rehearsal, verdictOf(rehearsal))) as Readonly<
      Record<string, unknown>
    >;
    expect(faultsIn("queueit-cf/rehearse/1", object)).toEqual([]);
    expect(object).toMatchObject({ passed: false, environment: "staging", momentMs: 60_000 });
    expect(object["timeline"]).toHaveLength(10);
    expect(object["promises"]).toMatchObject([{ promise: "turn", state: "broken" }, {}, {}, {}]);
  });

  it("has null for what is not there", () => {
    const rehearsal = rehearsalWith({ timeline: [] });
    expect(JSON.parse(verdictJson(rehearsal, verdictOf(rehearsal)))).toMatchObject({
      line: { emptyAtMs: null },
    });
  });
});
