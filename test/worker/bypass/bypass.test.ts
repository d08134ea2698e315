import { existsSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { AGAIN, SITE, type BypassCase } from "./bypass-case.ts";
import { BYPASS_CASES } from "./cases.ts";
import { BypassShops } from "./run-case.ts";
import { SECURITY_PAGE, withTable } from "./security-page.ts";

const shops = new BypassShops();
afterAll(() => shops.close());

/** Who reaches the site, or is given a session. */
function getsPast({ expected }: BypassCase): boolean {
  return expected.startsWith(SITE) || expected.startsWith(AGAIN);
}

describe("each row of the table in docs/security.md", () => {
  it.each(BYPASS_CASES)("$area: $trick, $request ($setup)", async (one) => {
    expect(await shops.outcomeOf(one)).toBe(one.expected);
  });
});

describe("the table", () => {
  it("calls nothing held that gets a stranger past the queue", () => {
    // In these two areas a visitor who has waited shows what becomes of the answer.
    const strangers = BYPASS_CASES.filter(({ area }) => area !== "Caches" && area !== "Open redirect");
    expect(strangers.filter((one) => "heldBy" in one.defence && getsPast(one))).toEqual([]);
  });

  it("names only files that are there", () => {
    const named = BYPASS_CASES.flatMap(
      ({ defence }) =>
        Object.values(defence)
          .join(" ")
          .match(/(?:docs|test|worker)\/[\w./-]+\w/g) ?? [],
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((file) => !existsSync(file))).toEqual([]);
  });

  it("is on the page, row for row: npm run test:long writes it", async () => {
    const page = readFileSync(SECURITY_PAGE, "utf8");
    expect(page).toBe(await withTable(page, BYPASS_CASES));
  });

  it("has no row twice", () => {
    const rows = BYPASS_CASES.map((one) => [one.area, one.setup, wholeOf(one), one.trick].join("\n"));
    expect(rows.filter((one, index) => rows.indexOf(one) !== index)).toEqual([]);
  });
});

function wholeOf({ request, headers, body }: BypassCase): string {
  return [request, ...headers, body].join("\n");
}
