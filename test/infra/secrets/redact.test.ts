import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact } from "../../../infra/secrets/redact.ts";

describe("redact", () => {
  it("leaves no secret in a text, whichever form it has there", () => {
    // Long enough that it is not part of the sentence by chance.
    const secret = fc.string({ minLength: 12 });
    fc.assert(
      fc.property(secret, secret, (one, other) => {
        const text = `key=${one} json=${JSON.stringify({ other })} url=https://x/?k=${encodeURIComponent(one)}`;
        const shown = redact(text, [one, other]);
        expect(shown).not.toContain(one);
        expect(shown).not.toContain(JSON.stringify(other).slice(1, -1));
        expect(shown).not.toContain(encodeURIComponent(one));
      }),
    );
  });

  it("hides the whole of a secret that begins with another one", () => {
    expect(redact("fake-secret-key-2", ["fake-secret-key", "fake-secret-key-2"])).toBe("(hidden)");
  });

  it("leaves everything else as it is", () => {
    expect(redact("Error: no route", ["fake-secret", ""])).toBe("Error: no route");
  });
});
