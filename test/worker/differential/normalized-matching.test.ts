import { DefaultNormalizationProvider } from "@queue-it/connector-javascript";
import { IntegrationEvaluator } from "@queue-it/connector-javascript/dist/IntegrationConfig/integrationConfigHelpers.js";
import type { CustomerIntegration } from "@queue-it/connector-javascript/dist/IntegrationConfig/integrationConfigModel.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type {
  Action,
  IntegrationConfiguration,
} from "../../../worker/configuration/integration-configuration.ts";
import { strictestMatch } from "../../../worker/isolate/strictest-match.ts";
import { Visit } from "../../../worker/visitor/visit.ts";
import { runs } from "../../support/runs.ts";
import { compiledOf } from "../support/connector.ts";
import { configurationOf, pathContains, queueAction } from "../support/configurations.ts";
import { referenceContext } from "./reference.ts";

describe("with matching on the normalized URL", () => {
  it("gives the action that the SDK finds for the normalized URL, and never less than the SDK as it is", () => {
    const cases = { all: 0, asItCame: 0, normalizedOnly: 0, insteadOfIgnore: 0 };
    fc.assert(
      fc.property(fc.array(action, { minLength: 1, maxLength: 4 }), urls, (actions, visits) => {
        const config = configurationOf(...actions.map((one, index) => ({ ...one, Name: `action ${index}` })));
        const compiled = compiledOf(config);
        for (const url of visits) {
          const found = strictestMatch(compiled, visitTo(url))?.action;
          const asItCame = sdkChoice(config, url);
          const normalized = sdkChoice(config, plainHost(normalize(url)));
          if (normalized?.ActionType === "Queue") expect(found?.Name).toBe(normalized.Name);
          else if (asItCame?.ActionType === "Queue") expect(found?.ActionType).toBe("Queue");
          else if (found?.ActionType !== "Queue" && found?.ActionType !== "Cancel")
            expect(found?.Name).toBe(asItCame?.Name);
          cases.all++;
          if (asItCame?.ActionType === "Queue") cases.asItCame++;
          else if (normalized?.ActionType === "Queue") cases.normalizedOnly++;
          if (asItCame?.ActionType === "Ignore" && found?.ActionType === "Queue") cases.insteadOfIgnore++;
        }
      }),
      { numRuns: runs(160, 800) },
    );
    expect(cases.all).toBe(runs(160, 800) * 5);
    expect(cases.asItCame).toBeGreaterThan(cases.all * 0.1);
    expect(cases.normalizedOnly).toBeGreaterThan(cases.all * 0.01);
    expect(cases.insteadOfIgnore).toBeGreaterThan(cases.all * 0.002);
  });

  it("holds an action without negative parts wherever the SDK does", () => {
    const positive = action.filter(({ Triggers }) =>
      Triggers.every(({ TriggerParts: parts }) => parts.every(({ IsNegative }) => IsNegative === false)),
    );
    let held = 0;
    fc.assert(
      fc.property(positive, urls, (one, visits) => {
        const config = configurationOf({ ...one, ActionType: "Queue" });
        const compiled = compiledOf(config);
        for (const url of visits) {
          if (sdkChoice(config, url) === undefined) continue;
          expect(strictestMatch(compiled, visitTo(url))).toBeDefined();
          held++;
        }
      }),
      { numRuns: runs(80, 400) },
    );
    expect(held).toBeGreaterThan(runs(20, 100));
  });

  it("queues a protected page however it is written", () => {
    const compiled = compiledOf(
      configurationOf(
        queueAction({ Name: "health", ActionType: "Ignore", Triggers: [onShop(pathContains("/health"))] }),
        queueAction({
          Name: "tickets",
          Triggers: [onShop({ ...pathContains("/tickets"), IsIgnoreCase: false })],
        }),
      ),
    );
    const reached = { asItCame: 0, normalized: 0 };
    fc.assert(
      fc.property(respelt("/tickets/42"), (url) => {
        const visit = visitTo(url);
        if (compiled.match(visit)?.action.Name === "tickets") reached.asItCame++;
        expect(strictestMatch(compiled, visit)?.action.Name).toBe("tickets");
        reached.normalized++;
      }),
      { numRuns: runs(600, 3000) },
    );
    // Most of these spellings are a way past the queue without the setting.
    expect(reached.asItCame).toBeLessThan(reached.normalized * 0.5);
  });

  it("queues the pages outside of an exception however they are written", () => {
    const exception = { ...pathContains("/public"), IsNegative: true };
    const compiled = compiledOf(
      configurationOf(queueAction({ Name: "all but public", Triggers: [onShop(exception)] })),
    );
    fc.assert(
      fc.property(respelt("/private/42"), (url) => {
        expect(strictestMatch(compiled, visitTo(url))?.action.Name).toBe("all but public");
      }),
      { numRuns: runs(200, 1000) },
    );
  });

  it("ignores and lets alone what is so in every reading", () => {
    const ignore = queueAction({
      Name: "health",
      ActionType: "Ignore",
      Triggers: [onShop(pathContains("/health"))],
    });
    const compiled = compiledOf(configurationOf(ignore, queueAction()));
    const match = (url: string) => strictestMatch(compiled, visitTo(url))?.action.Name;
    expect(match("https://shop.example/health?next=/tickets")).toBe("health");
    expect(match("https://shop.example/about")).toBeUndefined();
    expect(match("https://shop.example/health/%2e%2e/tickets")).toBe("protect tickets");
    expect(match("https://shop.example/tickets/%2e%2e/health")).toBe("health");
  });

  it("cancels a session on a page that cancels, and not where another reading queues", () => {
    const leave = queueAction({
      Name: "leave",
      ActionType: "Cancel",
      Triggers: [onShop(pathContains("/leave"))],
    });
    const compiled = compiledOf(configurationOf(leave, queueAction()));
    const match = (url: string) => strictestMatch(compiled, visitTo(url))?.action.Name;
    expect(match("https://shop.example/leave")).toBe("leave");
    expect(match("https://shop.example/%6ceave")).toBe("leave");
    expect(match("https://shop.example/leave/%2e%2e/tickets")).toBe("protect tickets");
  });
});

const urls = fc.array(
  fc
    .tuple(
      fc.constantFrom("https://shop.example", "https://SHOP.example", "https://shop.example.:443"),
      fc.array(
        fc.constantFrom(
          ...[
            "/tickets",
            "/%74ickets",
            "/a",
            "/A",
            "/..",
            "/%2e%2e",
            "/./",
            "//",
            "\\",
            "/%41",
            "/ß",
            "/%c3%9f",
            "/😀",
          ],
        ),
        { maxLength: 4 },
      ),
      fc.constantFrom("", "", "?q=a%20b", "?q=%41", "#a"),
    )
    .map(([origin, path, rest]) => `${origin}${path.join("") || "/"}${rest}`),
  { minLength: 5, maxLength: 5 },
);

const part = fc.record({
  ValidatorType: fc.constant("UrlValidator"),
  UrlPart: fc.constantFrom("PagePath", "PagePath", "PageUrl", "HostName"),
  Operator: fc.constantFrom("Contains", "Contains", "Equals", "ContainsAny"),
  ValueToCompare: fc.constantFrom(
    "/tickets",
    "/a",
    "/A",
    "shop.example",
    "shop.example.",
    "%20",
    "a+b",
    "%C3%9F",
    "..",
  ),
  ValuesToCompare: fc.constantFrom(["/tickets", "/A"], ["shop.example"], []),
  IsNegative: fc.constantFrom(false, false, false, true),
  IsIgnoreCase: fc.boolean(),
});
const action = fc
  .record({
    ActionType: fc.constantFrom("Queue", "Queue", "Cancel", "Ignore"),
    IsNormalizationEnabled: fc.constantFrom(false, false, true),
    Triggers: fc.array(
      fc.record({
        LogicalOperator: fc.constantFrom("And", "Or"),
        TriggerParts: fc.array(part, { minLength: 1, maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .map((fields) => queueAction(fields));

const host = {
  ValidatorType: "UrlValidator",
  UrlPart: "HostName",
  Operator: "Equals",
  ValueToCompare: "shop.example",
};

function onShop(part: ReturnType<typeof pathContains>): Action["Triggers"][number] {
  return { LogicalOperator: "And", TriggerParts: [host, part] };
}

/**
 * Spellings of a page that a server may read as the page: hosts, detours, escapes of escapes, other slashes.
 */
function respelt(path: string): fc.Arbitrary<string> {
  const origin = fc.constantFrom(
    ...["https://shop.example", "https://SHOP.example", "https://shop.example.", "https://shop.example:443"],
    ...["https://Shop.Example.:8443", "https://user@shop.example"],
  );
  const detour = fc.constantFrom(
    "/",
    "//",
    "/./",
    "/x/../",
    "/health/../",
    "/public/../",
    "\\",
    "/x\\..\\",
    "/.//",
  );
  const escapes = fc.array(fc.nat({ max: 4 }), { minLength: 60, maxLength: 60 });
  const detours = fc.array(detour, { minLength: 3, maxLength: 3 });
  return fc.tuple(origin, detours, escapes).map(([before, replacements, depths]) => {
    const [first = "", ...rest] = path.slice(1).split("/");
    const spelt = [first, ...rest]
      .map((segment, index) => `${replacements[index] ?? "/"}${segment}`)
      .join("");
    const characters = Array.from(spelt, (character, index) => escaped(character, depths[index] ?? 0));
    return `${before}/${characters.join("")}`;
  });
}

/** Percent-encoded one to three times, or as it is. */
function escaped(character: string, depth: number): string {
  if (depth === 0 || depth > 3) return character;
  const hex = character.charCodeAt(0).toString(16).padStart(2, "0");
  return `%${"25".repeat(depth - 1)}${hex}`;
}

function normalize(url: string): string {
  const encoded = url.replace(/[\ud800-\udfff]+/g, (part) => encodeURIComponent(part.toWellFormed()));
  return new DefaultNormalizationProvider().normalizeUrl(encoded);
}

function plainHost(url: string): string {
  return url.replace(/^https:\/\/shop\.example\.?(?::443)?(?=[/?#]|$)/i, "https://shop.example");
}

function visitTo(url: string): Visit {
  return new Visit({ url, method: "GET", headers: { get: () => null } }, url, "");
}

function sdkChoice(
  config: IntegrationConfiguration,
  url: string,
): Pick<Action, "Name" | "ActionType"> | undefined {
  const json = JSON.parse(JSON.stringify(config)) as CustomerIntegration;
  const { context } = referenceContext({ url, method: "GET", headers: {}, body: "" });
  const choice = new IntegrationEvaluator().getMatchedIntegrationConfig(json, url, context);
  return (choice as Pick<Action, "Name" | "ActionType"> | null) ?? undefined;
}
