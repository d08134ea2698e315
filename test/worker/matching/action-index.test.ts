import { describe, expect, it } from "vitest";
import type { TriggerPart } from "../../../worker/configuration/integration-configuration.ts";
import { ActionIndex } from "../../../worker/matching/action-index.ts";
import { ActionSearch, scan } from "../../../worker/matching/action-search.ts";
import { IntegrationEvaluator } from "../../../worker/matching/matched-before.ts";
import { PreparedActions } from "../../../worker/matching/prepared-actions.ts";
import { Visit } from "../../../worker/visitor/visit.ts";
import { actionOn, queueAction, type TestAction } from "../support/configurations.ts";

function visitTo(url: string): Visit {
  return new Visit({ url, method: "GET", headers: { get: () => null } }, url, "");
}

function first(url: string, ...actions: readonly TestAction[]): string | null | undefined {
  const prepared = new PreparedActions(actions);
  const found = new ActionIndex(prepared).first(visitTo(url))?.Name;
  expect(scan(prepared, visitTo(url))?.Name).toBe(found);
  return found;
}

/** Pages of a shop whose triggers count how often they are looked at. */
function watchedPages(count: number, changes: Partial<TestAction> = {}) {
  const seen = { looks: 0 };
  const pages = Array.from({ length: count }, (_, index) => {
    const page = actionOn(`/product-${index}-`, { Name: `page ${index}`, ...changes });
    return {
      ...page,
      get Triggers() {
        seen.looks++;
        return page.Triggers;
      },
    };
  });
  return { pages, seen };
}

const anything: TriggerPart = {
  ValidatorType: "UrlValidator",
  UrlPart: "PageUrl",
  Operator: "Contains",
  ValueToCompare: "*",
};
const everywhere = (Name: string): TestAction =>
  queueAction({ Name, Triggers: [{ TriggerParts: [anything] }] });
const normalized = (path: string, Name: string): TestAction =>
  actionOn(path, { Name, IsNormalizationEnabled: true });
const plain = (path: string, Name: string): TestAction => actionOn(path, { Name });

const PAGE = "https://shop.example/tickets";

describe("the first action that matches", () => {
  it.each<[string, readonly TestAction[], string | undefined]>([
    ["of several on the URL", [plain("/tickets", "a"), plain("/ticket", "b")], "a"],
    ["of several on the normalized URL", [normalized("/tickets", "a"), normalized("/ticket", "b")], "a"],
    ["on the URL, before one on the normalized", [plain("/tickets", "a"), normalized("/tickets", "b")], "a"],
    [
      "on the normalized URL, before one as it came",
      [normalized("/tickets", "a"), plain("/ticket", "b")],
      "a",
    ],
    ["without literals, before those with", [everywhere("a"), plain("/tickets", "b")], "a"],
    ["with literals, before those without", [plain("/tickets", "a"), everywhere("b")], "a"],
    ["normalized with literals, before those without", [normalized("/tickets", "a"), everywhere("b")], "a"],
    ["without literals, after others that do not", [plain("/sale", "a"), everywhere("b")], "b"],
    ["none of them", [plain("/sale", "a"), normalized("/offers", "b")], undefined],
    ["none at all", [], undefined],
  ])("is found: %s", (_which, actions, wanted) => {
    expect(first(PAGE, ...actions)).toBe(wanted);
  });

  it("is found on the normalized URL only where the action says so", () => {
    const url = "https://shop.example/%74ickets";
    expect(first(url, plain("/tickets", "a"), normalized("/tickets", "b"))).toBe("b");
    expect(first(url, plain("/%74ickets", "a"), normalized("/%74ickets", "b"))).toBe("a");
    expect(first(url, normalized("/%74ickets", "a"))).toBeUndefined();
    const unset = { IsNormalizationEnabled: null };
    expect(first(url, actionOn("/tickets", { Name: "a", ...unset }))).toBeUndefined();
  });

  it("is not one whose literals are in another part of the URL", () => {
    const query = "https://shop.example/about?from=/tickets";
    expect(first(query, plain("/tickets", "a"), normalized("/tickets", "b"))).toBeUndefined();
    expect(first(query, plain("/tickets", "a"), plain("/about", "b"))).toBe("b");
  });

  it("is not one without literals that does not match", () => {
    const agent = { ValidatorType: "UserAgentValidator", Operator: "Contains", ValueToCompare: "bot" };
    const bots = queueAction({ Name: "bots", Triggers: [{ TriggerParts: [agent] }] });
    expect(first(PAGE, bots, everywhere("all"))).toBe("all");
    expect(first(PAGE, bots)).toBeUndefined();
  });

  it("is the one whose literals fit, not only its neighbour that shares a piece of them", () => {
    const pages = Array.from({ length: 100 }, (_, index) => plain(`/product/${index}/`, `page ${index}`));
    expect(first("https://shop.example/product/42/", ...pages)).toBe("page 42");
    expect(first("https://shop.example/product/100/", ...pages)).toBeUndefined();
  });
});

describe("the work to find it", () => {
  it.each([false, true])(
    "does not grow with the number of pages (normalized: %s)",
    (IsNormalizationEnabled) => {
      const { pages, seen } = watchedPages(500, { IsNormalizationEnabled });
      const index = new ActionIndex(new PreparedActions(pages));
      seen.looks = 0;
      expect(index.first(visitTo("https://shop.example/product-17-blue"))?.Name).toBe("page 17");
      expect(index.first(visitTo("https://shop.example/about"))).toBeUndefined();
      expect(seen.looks).toBeLessThan(10);
    },
  );

  it("is done by the rarer of the parts that all have to hold, whichever comes first", () => {
    for (const reversed of [false, true]) {
      const asked = { count: 0 };
      const pages = Array.from({ length: 200 }, (_, index) => {
        const parts = [`/product-${index}-`, "shop.example"].map((ValueToCompare) => ({
          ...{ ValidatorType: "UrlValidator", UrlPart: "PageUrl", Operator: "Contains", ValueToCompare },
        }));
        const Triggers = [{ TriggerParts: reversed ? parts.reverse() : parts }];
        return {
          ...queueAction({ Name: `page ${index}` }),
          get Triggers() {
            asked.count++;
            return Triggers;
          },
        };
      });
      const index = new ActionIndex(new PreparedActions(pages));
      asked.count = 0;
      expect(index.first(visitTo("https://shop.example/product-170-blue"))?.Name).toBe("page 170");
      expect(asked.count).toBeLessThan(20);
    }
  });

  it("is not done for actions that come after one that matches", () => {
    const { pages, seen } = watchedPages(50);
    const index = new ActionIndex(new PreparedActions([everywhere("first"), ...pages]));
    seen.looks = 0;
    expect(index.first(visitTo("https://shop.example/product-17-blue"))?.Name).toBe("first");
    expect(seen.looks).toBeLessThanOrEqual(1);
  });

  it("is not done for actions without literals that come after one that matches", () => {
    let looks = 0;
    const later = Array.from({ length: 50 }, () => ({
      ...everywhere("later"),
      get Triggers() {
        looks++;
        return everywhere("later").Triggers;
      },
    }));
    const index = new ActionIndex(new PreparedActions([plain("/tickets", "first"), ...later]));
    looks = 0;
    expect(index.first(visitTo(PAGE))?.Name).toBe("first");
    expect(looks).toBe(0);
  });

  it("is a scan for the first sixteen requests, and by the index from then on", () => {
    const { pages, seen } = watchedPages(300);
    const search = new ActionSearch({ Integrations: pages });
    const looks = Array.from({ length: 20 }, () => {
      const before = seen.looks;
      search.first(visitTo("https://shop.example/about"));
      return seen.looks - before;
    });
    // Making the index looks at every action once more.
    expect(looks.map((count) => count >= 300)).toEqual([
      ...Array<boolean>(17).fill(true),
      false,
      false,
      false,
    ]);
  });

  it("prepares an action once", () => {
    const { pages, seen } = watchedPages(1);
    const prepared = new PreparedActions(pages);
    for (let time = 0; time < 3; time++)
      expect(prepared.matches(0, visitTo("https://shop.example/product-0-"))).toBe(true);
    expect(seen.looks).toBe(1);
    expect(prepared.matches(1, visitTo(PAGE))).toBe(false);
  });

  it("finds nothing in a configuration without actions", () => {
    expect(new ActionSearch({}).first(visitTo(PAGE))).toBeUndefined();
    expect(new ActionSearch({ Integrations: null }).first(visitTo(PAGE))).toBeUndefined();
  });
});

describe("what the SDK is told when it asks for the action", () => {
  it("is the one that matched, or that none did", () => {
    const evaluator = new IntegrationEvaluator();
    const action = queueAction();
    expect(evaluator.getMatchedIntegrationConfig({ Integrations: [action] })).toBe(action);
    expect(evaluator.getMatchedIntegrationConfig({ Integrations: [] })).toBeNull();
    expect(evaluator.getMatchedIntegrationConfig({})).toBeNull();
  });
});
