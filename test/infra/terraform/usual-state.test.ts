import { expect, it } from "vitest";
import { requireUsualState } from "../../../infra/terraform/usual-state.ts";

const LOCAL = { type: "local", path: "terraform.tfstate" } as const;

it.each([
  { TF_WORKSPACE: "mine" },
  { TF_CLI_ARGS_init: "-backend-config=endpoint=http://minio:9000" },
  { TF_CLI_ARGS: "-input=false --backend-config mine.hcl" },
  { TF_CLI_ARGS_plan: "'-state=other.tfstate'" },
])("a variable that leads Terraform to another state is refused by its name: %j", (variables) => {
  const [name = ""] = Object.keys(variables);
  expect(() => {
    requireUsualState(LOCAL, variables);
  }).toThrow(name);
});

it.each([
  {},
  { TF_WORKSPACE: "default" },
  { TF_CLI_ARGS_plan: "-parallelism=2 -state-lock" },
  { TF_WORKSPACE: "" },
])("any other is left alone: %j", (variables) => {
  expect(() => {
    requireUsualState(LOCAL, variables);
  }).not.toThrow();
});

it("the workspace of HCP Terraform that the environment names may be in a variable, too", () => {
  const hcp = { type: "hcp", organization: "o", workspace: "shop", hostname: "app.terraform.io" } as const;
  expect(() => {
    requireUsualState(hcp, { TF_WORKSPACE: "shop" });
  }).not.toThrow();
  expect(() => {
    requireUsualState(hcp, { TF_WORKSPACE: "default" });
  }).toThrow("TF_WORKSPACE");
});
