import { describe, expect, it } from "vitest";
import { errorText, errorsOf, readMessage } from "../../../../infra/engine/terraform/messages.ts";
import { knownRefusal, planFailed } from "../../../../infra/engine/terraform/plan-refusal.ts";
import { SPEC } from "../../connector/specs.ts";

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
    expect(knownRefusal(SPEC, [locked])?.message).toMatch(/Somebody else is deploying.*ID: 1/);
  });

  it("repeats Terraform's words for anything else, or what it printed", () => {
    const wrong = { severity: "error", summary: "Invalid reference", detail: "", address: "a.b" } as const;
    expect(knownRefusal(SPEC, [wrong])).toBeUndefined();
    expect(planFailed(SPEC, [wrong], "").message).toContain("Invalid reference (a.b).");
    expect(planFailed(SPEC, [], "out of memory").message).toContain("out of memory");
  });
});
