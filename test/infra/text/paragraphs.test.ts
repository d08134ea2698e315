import { describe, expect, it } from "vitest";
import { hanging, paragraphs } from "../../../infra/text/paragraphs.ts";

describe("a message", () => {
  it("is broken for the terminal, line by line", () => {
    expect(paragraphs("The deploy of staging failed halfway.\n\nFix the cause.", 24)).toBe(
      "The deploy of staging\nfailed halfway.\n\nFix the cause.",
    );
  });

  it("lets the lines of a list hang", () => {
    expect(paragraphs("Left to change:\n- Worker queueit-connector created", 24)).toBe(
      "Left to change:\n- Worker\n  queueit-connector\n  created",
    );
  });

  it("lets a list hang that begins with the message", () => {
    expect(paragraphs("- shop.example.com is off\n- qa is on", 20)).toBe(
      "- shop.example.com\n  is off\n- qa is on",
    );
  });

  it("breaks a command so that a shell reads it as one", () => {
    const command = "  terraform -chdir=cdktf.out/stacks/staging import a.b 0123/89ab";
    const broken = paragraphs(`Run:\n${command}`, 44);
    expect(broken).toBe(
      "Run:\n  terraform \\\n      -chdir=cdktf.out/stacks/staging \\\n      import a.b 0123/89ab",
    );
    expect(broken.replaceAll(/ \\\n */g, " ")).toBe(`Run:\n${command}`);
  });

  it("keeps an address in one piece", () => {
    const url = `https://shop.example.com/${"a".repeat(40)}`;
    expect(paragraphs(`Publish to ${url}.`, 30).split("\n")).toContain(`${url}.`);
  });
});

it("lets every problem of a list hang, the first too", () => {
  expect(hanging("error staging.ts: is wrong\nwarning qa.ts: is odd", 20)).toBe(
    "error staging.ts: is\n  wrong\nwarning qa.ts: is\n  odd",
  );
});
