import { describe, expect, it } from "vitest";
import type { ConnectorSpec } from "../../../infra/specification/specification.ts";
import { withStateApart } from "../../../infra/specification/state-apart.ts";
import { SPEC } from "./specs.ts";

const BUCKET = { type: "s3", bucket: "states", region: "eu-west-1", key: "any.tfstate" } as const;
const REAL: ConnectorSpec = {
  ...SPEC,
  environment: "production",
  backend: BUCKET,
  promotedFrom: { environment: "staging", backend: BUCKET },
};

describe("the state of a deploy", () => {
  it.each([undefined, "https://api.cloudflare.com/client/v4", "http://127.0.0.1.example.com/", "nonsense"])(
    "is where the environment says when it goes to %s",
    (baseUrl) => {
      expect(withStateApart(REAL, baseUrl)).toEqual(REAL);
    },
  );

  it.each([
    "http://127.0.0.1:8788/client/v4",
    "http://localhost:8788",
    "http://api.localhost",
    "http://[::1]:1",
  ])("is a file of its own when it goes to %s", (baseUrl) => {
    const spec = withStateApart(REAL, baseUrl);
    expect(spec.backend).toEqual({ type: "local", path: ".queueit-local/terraform.production.tfstate" });
    expect(spec.promotedFrom).toEqual({
      environment: "staging",
      backend: { type: "local", path: ".queueit-local/terraform.staging.tfstate" },
    });
  });
});
