import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMENT_LIMIT, markdownReport, stickyMarker } from "../../../infra/plan/report/markdown.ts";
import { terminalReport } from "../../../infra/plan/report/terminal.ts";
import { runs } from "../../support/runs.ts";
import {
  configuration,
  configurationChange,
  type Planned,
  review,
  route,
  routeChange,
  variable,
  workerChange,
} from "./plan-builder.ts";

/** A plan that shows one text of a stranger wherever a value can turn up. */
function planWith(text: string) {
  const other: Planned = { type: "x", name: text, before: { a: "old" }, after: { a: text } };
  // On a header, where no literal is one that a URL cannot contain.
  const part = {
    ...{ ValidatorType: "HttpHeaderValidator", HttpHeaderName: text, Operator: "Contains" },
    ValueToCompare: text,
  };
  const action = configuration(2, text, {
    ...{ Name: text, EventId: "room1" },
    Triggers: [{ LogicalOperator: "And", TriggerParts: [part] }],
  });
  const planned = [
    routeChange("gone", route(text), null),
    routeChange("new", null, route(text, "bypass")),
    workerChange([variable("A", "old")], [variable("A", text), variable(text, "1")]),
    configurationChange(configuration(1, "old"), action),
    other,
  ];
  const checks = [
    { address: { to_display: text }, status: "fail", instances: [{ problems: [{ message: text }] }] },
  ];
  return review(planned, { environment: "staging" }, { checks });
}

/**
 * What is left of a Markdown text without its code spans, by CommonMark's rule (section 6.1): a row of
 * backticks opens one, the next row of the same length closes it.
 */
function outsideCode(markdown: string): string {
  return markdown.replaceAll(/(?<!`)(`+)(?!`)(?:[^\n]*?[^`\n])\1(?!`)/g, "<value>");
}

/** Letters, and what has a meaning in Markdown, HTML, Mermaid and terminals. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "`",
        "``",
        "```mermaid",
        "\n",
        "\r",
        "<!--",
        "-->",
        "</details>",
        "<script>",
        "|",
        "*",
        "_",
        "[x](y)",
        "@someone",
        "#1",
      ),
      fc.constantFrom(
        '"]',
        ";",
        "%%",
        "click a",
        "]:::x",
        "\u001b[31m",
        "\u202e",
        "\u2028",
        "\\",
        "&lt;",
        "https://x.dk",
        "a",
        " ",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((pieces) => `v${pieces.join("")}v`);

describe("a value in the Markdown report", () => {
  it("never leaves its code span, whatever it is", () => {
    const outside = (text: string): string => {
      const report = markdownReport(planWith(text));
      return outsideCode(report.replace(/^```mermaid\n[^]*?\n```$/m, "").replace(/<br>.*/g, ""));
    };
    const harmless = outside("harmless");
    fc.assert(
      fc.property(hostile, (text) => {
        expect(outside(text)).toBe(harmless);
      }),
      { numRuns: runs(40, 200) },
    );
  });

  it("is plain words inside the explanation of a risk", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const lines = markdownReport(planWith(text)).match(/<br>.*/g) ?? [];
        for (const line of lines)
          expect(line.slice("<br>".length)).not.toMatch(/(?<!&)#|[<>`*_[\]|@\\~!/:]|&(?!#\d+;)/);
      }),
      { numRuns: runs(20, 100) },
    );
  });

  it("never ends its label in the diagram", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const [diagram = ""] = /^```mermaid\n[^]*?\n```$/m.exec(markdownReport(planWith(text))) ?? [];
        const labels = diagram.match(/route\d+\["[^\n]*"\]/g) ?? [];
        expect(labels).toHaveLength(2);
        for (const label of labels) expect(label).toMatch(/^route\d+\["[\p{L}\p{N} ./#;-]*"\]$/u);
      }),
      { numRuns: runs(20, 100) },
    );
  });
});

describe("a value in the terminal", () => {
  it("cannot move the cursor, colour or break a line", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const report = terminalReport(planWith(text));
        expect(report).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
      { numRuns: runs(20, 100) },
    );
  });

  it("has colours only when they are asked for", () => {
    expect(terminalReport(planWith("x"))).not.toContain("\u001b[");
    expect(terminalReport(planWith("x"), { colours: true, columns: 80 })).toContain("\u001b[");
  });
});

describe("the Markdown report", () => {
  it("begins with the marker of its environment", () => {
    expect(markdownReport(review([], { environment: "production" }))).toMatch(
      /^<!-- queueit-cf plan production -->\n/,
    );
    expect(stickyMarker("-->")).toBe("<!-- queueit-cf plan --_ -->");
  });

  it("says in its first line when only outputs change", () => {
    const output_changes = { out: { actions: ["update"], before: "a", after: "b" } };
    expect(markdownReport(review([], {}, { output_changes }))).toContain(
      "**No changes except to outputs.** Risks: none.",
    );
    expect(markdownReport(review([]))).toContain("**No changes.** Risks: none.");
  });

  it("has risks and what goes away before everything else", () => {
    const report = markdownReport(planWith("a.dk/*"));
    const places = ["### Risks", "### Goes away", "```mermaid", "<details>"].map((part) =>
      report.indexOf(part),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it.each([1000, 5000])(
    "fits into a comment with %i removed routes, and counts what it leaves out",
    (count) => {
      const routes = Array.from({ length: count }, (_, index) =>
        routeChange(`r${index}`, route(`shop.example.com/${"x".repeat(60)}${index}/*`), null),
      );
      const report = markdownReport(review(routes, { environment: "staging" }));
      expect(report.length).toBeLessThan(COMMENT_LIMIT);
      expect(report).toContain(`**${count} to destroy.**`);
      expect(report).toMatch(/and \d+ more, in the JSON report/);
      expect(report.match(/<details>/g)?.length).toBe(report.match(/<\/details>/g)?.length);
      expect(report).toMatch(/Digest `[0-9a-f]{64}`/);
    },
  );

  it("fits into a comment whatever single changes are like", () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`a${index}`, "y".repeat(5000)]),
    );
    const report = markdownReport(review([{ type: "x", before: {}, after: attributes }]));
    expect(report.length).toBeLessThan(COMMENT_LIMIT);
  });
});
