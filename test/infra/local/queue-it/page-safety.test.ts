import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { API_KEY, get, location, queueIt, SECRET_KEY, SHOP } from "./fixture.ts";

/**
 * Text full of what HTML is made of, each time followed by a mark that shows whether it came through
 * unescaped.
 */
const hostile = fc
  .array(fc.constantFrom("<", ">", '"', "'", "&", "<script>", "</title>", "--><img src=x onerror="), {
    minLength: 1,
  })
  .map((parts) => `a${parts.map((part) => `${part}x9z`).join("")}`);
const UNESCAPED = /[<>"'&]x9z|<script>x9z/;

/** Every page that shows something a visitor sent. */
async function pages(text: string): Promise<readonly string[]> {
  const { queueIt: q } = queueIt();
  const t = encodeURIComponent(text);
  const joined = await q.fetch(
    get(
      `/?c=acme&e=demotickets&ver=${t}&cver=${t}&man=${t}&kupver=${t}&icr=${t}&enqueuetoken=${t}&t=${encodeURIComponent(`${SHOP}/?${text}`)}`,
    ),
  );
  const answers = [
    await q.fetch(get(location(joined))),
    await q.fetch(get(`/?c=${t}&e=${t}`)),
    await q.fetch(get(`/?c=acme&e=demotickets&t=${t}`)),
    await q.fetch(get(`/error/hash/?c=acme&e=${t}&t=${t}&man=${t}&queueittoken=${t}`)),
    await q.fetch(get(`/error/${t}/?c=acme&e=demotickets&x=${t}`)),
    await q.fetch(
      get(`/cancel/multiple/acme?wrl=${t}~${t}_${t}&r=${encodeURIComponent(`${SHOP}/?${text}`)}`),
    ),
    await q.fetch(get(`/place/${t}`)),
    await q.fetch(get(`/${t}`)),
  ];
  return Promise.all(answers.map((answer) => answer.text()));
}

describe("every page of the local Queue-it", () => {
  it("escapes whatever a visitor sends", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        for (const page of await pages(text)) expect(page).not.toMatch(UNESCAPED);
      }),
      { numRuns: 50 },
    );
  });

  it("shows what a visitor sent, so that the check above is one", async () => {
    expect((await pages("plainx9z")).filter((page) => page.includes("x9z")).length).toBeGreaterThanOrEqual(4);
  });

  it("allows no script but its own file", async () => {
    const answer = await queueIt().queueIt.fetch(get("/?c=acme"));

    expect(answer.headers.get("content-security-policy")).toContain(
      "default-src 'none'; style-src 'self'; script-src 'self';",
    );
  });

  it("shows neither the secret key nor the API key", async () => {
    for (const page of await pages("x")) {
      expect(page).not.toContain(SECRET_KEY);
      expect(page).not.toContain(API_KEY);
    }
  });
});
