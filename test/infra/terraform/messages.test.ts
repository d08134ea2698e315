import { describe, expect, it } from "vitest";
import {
  errorText,
  errorWords,
  errorsOf,
  lastMessage,
  progressOf,
  readMessage,
} from "../../../infra/terraform/messages.ts";
import { knownRefusal, planFailed } from "../../../infra/terraform/plan-refusal.ts";
import { SPEC } from "../specification/specs.ts";

// As Terraform 1.11.4 prints it for `plan -json`, cut to what is read.
const NO_STATE = JSON.stringify({
  "@level": "error",
  "@message": "Error: Unable to find remote state",
  diagnostic: {
    severity: "error",
    summary: "Unable to find remote state",
    detail: "No stored state was found for the given workspace in the given backend.",
    address: "data.terraform_remote_state.state_of_staging",
  },
  type: "diagnostic",
});
const VERSION =
  '{"@level":"info","@message":"Terraform 1.11.4","terraform":"1.11.4","type":"version","ui":"1.2"}';

const production = {
  ...SPEC,
  environment: "production",
  promotedFrom: { environment: "staging", backend: SPEC.backend },
};

describe("what Terraform prints", () => {
  it("is read line by line", () => {
    expect(readMessage(VERSION)).toMatchObject({ type: "version", text: "Terraform 1.11.4" });
  });

  it("may have other lines in between", () => {
    expect(readMessage("provider says hello")).toBeUndefined();
    expect(readMessage('{"level":"debug"}')).toBeUndefined();
  });

  it("gives its errors, each as one paragraph", () => {
    expect(errorsOf(`${VERSION}\nhello\n${NO_STATE}\n`).map(errorText)).toEqual([
      "Unable to find remote state (data.terraform_remote_state.state_of_staging): No stored state was found for the " +
        "given workspace in the given backend.",
    ]);
  });
});

describe("what an apply did", () => {
  const line = (type: string, addr: string) =>
    JSON.stringify({ "@message": addr, type, hook: { resource: { addr } } });

  it("is what it says to be complete; what was begun and failed may be done all the same", () => {
    const lines = [
      line("apply_start", "a.a"),
      line("apply_complete", "a.a"),
      line("apply_start", "b.b"),
      line("apply_errored", "b.b"),
      line("apply_start", "c.c"),
    ];
    expect(progressOf(lines.join("\n"))).toEqual({ done: ["a.a"], unfinished: ["b.b", "c.c"] });
  });
});

describe("a run without an error to show", () => {
  it("is told from what it wrote about other things", () => {
    expect(errorWords("│ Warning: no such file\n╵\n│ Error: Bad\n│ thing\n")).toBe("Error: Bad thing");
    expect(errorWords("│ Warning: no such file\n")).toBe("");
    expect(errorWords("permission denied\n")).toBe("permission denied");
  });

  it("has a last message, which is never a line of JSON", () => {
    expect(lastMessage(`${VERSION}\n{"@level":"info","@mess`)).toBe("Its last message was: Terraform 1.11.4");
    expect(lastMessage('{"values":{"secret":"s"}}')).toBe("");
  });
});

describe("a plan that there is none of", () => {
  it("says in words that the earlier environment was never deployed", () => {
    expect(knownRefusal(production, errorsOf(NO_STATE))?.message).toContain(
      "production only gets a bundle that staging runs, and staging was never deployed",
    );
  });

  it("says that somebody else is deploying", () => {
    const locked = {
      severity: "error",
      summary: "Error acquiring the state lock",
      detail: "ID: 1",
      address: undefined,
    } as const;
    expect(knownRefusal(SPEC, [locked])?.message).toMatch(
      /Somebody else is deploying.*force-unlock 1".*ID: 1/,
    );
  });

  it("says who has locked the state, and since when", () => {
    // As Terraform 1.11.4 says it of a local state.
    const locked = {
      severity: "error",
      summary: "Error acquiring the state lock",
      detail:
        "Error message: resource temporarily unavailable\nLock Info:\n  ID:        9577cc1c\n  Path:      terraform.tfstate\n" +
        "  Operation: OperationTypeApply\n  Who:       root@vm\n  Version:   1.11.4\n" +
        "  Created:   2026-11-25 22:22:18.574371708 +0000 UTC\n  Info:      \n",
      address: undefined,
    } as const;
    expect(knownRefusal(SPEC, [locked])?.message).toContain(
      "its state is locked by root@vm since 2026-11-25 22:22:18 UTC. Wait",
    );
  });

  it("repeats Terraform's words for anything else, or what it printed", () => {
    const wrong = { severity: "error", summary: "Invalid reference", detail: "", address: "a.b" } as const;
    expect(knownRefusal(SPEC, [wrong])).toBeUndefined();
    expect(planFailed(SPEC, [wrong], "").message).toContain("Invalid reference (a.b).");
    expect(planFailed(SPEC, [], "out of memory").message).toContain("out of memory");
  });
});
