import { describe, expect, it } from "vitest";
import { type SignedRequest, sha256, signatureFault } from "./signature.ts";

// The example "GET Object" of AWS's documentation of Signature Version 4 for S3, with the keys that it gives.
const SIGNER = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const REQUEST: SignedRequest = {
  method: "GET",
  target: "/test.txt",
  headers: {
    host: "examplebucket.s3.amazonaws.com",
    range: "bytes=0-9",
    "x-amz-content-sha256": sha256(""),
    "x-amz-date": "20130524T000000Z",
    authorization:
      "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request," +
      "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date," +
      "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  },
};

describe("the local bucket's check of signatures", () => {
  it("accepts AWS's own example", () => {
    expect(signatureFault(REQUEST, SIGNER)).toBeUndefined();
  });

  it.each<[string, Partial<SignedRequest>]>([
    ["another path", { target: "/test2.txt" }],
    ["another method", { method: "PUT" }],
    ["another value of a signed header", { headers: { ...REQUEST.headers, range: "bytes=0-99" } }],
    ["other content", { headers: { ...REQUEST.headers, "x-amz-content-sha256": sha256("other") } }],
  ])("refuses it with %s", (_, change) => {
    expect(signatureFault({ ...REQUEST, ...change }, SIGNER)).toBe("SignatureDoesNotMatch");
  });

  it("refuses a header of Amazon's that is not signed", () => {
    const headers = { ...REQUEST.headers, "x-amz-security-token": "any" };
    expect(signatureFault({ ...REQUEST, headers }, SIGNER)).toBe("AccessDenied");
  });
});
