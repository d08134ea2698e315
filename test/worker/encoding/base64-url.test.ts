import fc from "fast-check";
import { expect, it } from "vitest";
import { toBase64Url } from "../../../worker/encoding/base64-url.ts";

it("bytes become the URL-safe base64 that Node makes of them, without padding", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
    }),
  );
});
