import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requireCleanVariables } from "../../../infra/specification/clean-variables.ts";
import { UserError } from "../../../infra/errors/user-error.ts";
import { readSettings } from "../../../worker/deployment/settings.ts";
import { CLEAN, UNCLEAN } from "../unclean.ts";

const refusal = (variables: Record<string, string>, backend?: "r2" | "local"): string => {
  try {
    requireCleanVariables(variables, backend);
    return "";
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
};

const NAMES = [
  "TF_VAR_queueit_secret_key",
  "TF_VAR_queueit_api_key",
  "TF_VAR_queueit_direct_pass_key",
  "QUEUEIT_SECRET_KEY_STAGING",
  "CLOUDFLARE_API_TOKEN",
  "CLOUDFLARE_API_KEY",
  "CLOUDFLARE_ACCOUNT_ID",
  "CLOUDFLARE_BASE_URL",
  "QUEUEIT_PLAN_KEY",
  "TERRAFORM_BINARY_NAME",
  "TF_TOKEN_app_terraform_io",
];

describe.each(NAMES)("%s", (name) => {
  it.each(UNCLEAN.filter((value) => name.includes("_queueit_") || !/\u00ad|[“”]/.test(value)))(
    "is refused by its name where it is %j, and never shown",
    (value) => {
      const message = refusal({ [name]: value });
      expect(message).toContain(name);
      expect(message).not.toContain("fake");
    },
  );

  it("may be empty, which is the same as not set", () => {
    expect(refusal({ [name]: "" })).toBe("");
  });
});

it("every variable that is not clean is named at once, each with what is wrong", () => {
  const message = refusal({ TF_VAR_queueit_secret_key: "fake\n", CLOUDFLARE_API_TOKEN: '"fake"' });
  expect(message).toMatch(/secret_key ends with a line break.*; CLOUDFLARE_API_TOKEN has quotes around it/);
});

it.each(["fake-key-é", "éfake-key", "fake-key-😀"])(
  "a secret that ends outside of ASCII is said to: %j",
  (value) => {
    expect(refusal({ TF_VAR_queueit_secret_key: value })).toMatch(
      /begins or ends with a non-ASCII character/,
    );
  },
);

it("a token is no header's whole text", () => {
  expect(refusal({ CLOUDFLARE_API_TOKEN: "Bearer fake" })).toContain("CLOUDFLARE_API_TOKEN");
});

it("the credentials of a bucket matter where the state is in one", () => {
  const variables = { AWS_SECRET_ACCESS_KEY: "fake\n", AWS_ENDPOINT_URL: "http://minio:9000 " };
  expect(refusal(variables, "r2")).toMatch(/AWS_SECRET_ACCESS_KEY.*AWS_ENDPOINT_URL/);
  expect(refusal(variables, "local")).toBe("");
});

it("others are nobody's business here", () => {
  expect(refusal({ PS1: "> ", TF_VAR_other: '{"a": 1}\n', GITHUB_JOB: " " })).toBe("");
});

describe("the Worker has the very secret that was taken", () => {
  const isTaken = (value: string) => value !== "" && refusal({ TF_VAR_queueit_secret_key: value }) === "";
  const read = async (value: string) =>
    (await readSettings({ QUEUEIT_CUSTOMER_ID: "acme", QUEUEIT_SECRET_KEY: value } as never)).settings
      .secretKey;

  it.each(CLEAN)("as with %j", async (value) => {
    expect(isTaken(value)).toBe(true);
    expect(await read(value)).toBe(value);
  });

  it("whatever it is", async () => {
    const odd = fc.constantFrom(
      " ",
      "\n",
      "\u00a0",
      "\ufeff",
      "\u2003",
      "\u200b",
      "\u0085",
      '"',
      "a",
      "ß",
      "-",
      "😀",
    );
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(odd).map((parts) => parts.join("")),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (value) => {
        if (isTaken(value)) expect(await read(value)).toBe(value);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the address of an API", () => {
  it.each([
    "localhost:8788/client/v4",
    "127.0.0.1:8788/client/v4",
    "nonsense",
    "http:127.0.0.1",
    "http://127.0.0.1:88888/client/v4",
    "ftp://127.0.0.1/",
  ])("is refused where it is not whole, and would be taken for the real Cloudflare's: %s", (address) => {
    for (const name of ["CLOUDFLARE_BASE_URL", "QUEUEIT_LOCAL_EDGE"]) {
      expect(refusal({ [name]: address })).toContain(`${name} is not a whole address, such as http://`);
    }
  });

  it.each(["http://127.0.0.1:8788/client/v4", "https://api.cloudflare.com/client/v4", "http://[::1]:80", ""])(
    "is taken: %j",
    (address) => {
      expect(refusal({ CLOUDFLARE_BASE_URL: address, QUEUEIT_LOCAL_EDGE: address })).toBe("");
    },
  );
});
