import { defineHooks } from "../../../worker/hooks/define-hooks.ts";

// Not run: `npm run check:types` proves that none of this compiles.

defineHooks({
  // @ts-expect-error An address is not a hook's to give.
  afterDecision: () => ({ url: "https://evil.example/" }),
});
defineHooks({
  // @ts-expect-error Only a way to the waiting room has an answer in its place, and that has no headers.
  afterDecision: () => ({ answer: { status: 200, contentType: "text/plain", body: "", headers: {} } }),
});
defineHooks({
  // @ts-expect-error It leaves alone, or it answers.
  beforeMatching: () => ({ leaveAlone: true, answer: new Response() }),
});
defineHooks({
  // @ts-expect-error Misspelt: what is not there leaves nobody alone.
  beforeMatching: () => ({ leaveAlon: true }),
});
defineHooks({
  // @ts-expect-error There is no such hook.
  afterMatching: () => undefined,
});
defineHooks({
  // @ts-expect-error The body is the site's.
  beforeMatching: ({ body }) => (body === null ? undefined : undefined),
});
defineHooks({
  // @ts-expect-error A view: nothing in it can be changed.
  beforeMatching: (request) => void (request.url = ""),
});
defineHooks({
  // @ts-expect-error A session is never a hook's.
  onResponse: () => ({ headers: { "set-cookie": "a=b" } }),
});
defineHooks({
  // @ts-expect-error Nor in capitals.
  onResponse: () => ({ headers: { "Set-Cookie": "a=b" } }),
});
defineHooks({
  // @ts-expect-error Nor is it removed.
  onResponse: () => ({ headers: { "set-cookie": null } }),
});
defineHooks({
  // @ts-expect-error Who may keep an answer is not a hook's to say.
  onResponse: () => ({ headers: { "cache-control": "public" } }),
});
defineHooks({
  // @ts-expect-error Not for a single cache either.
  onResponse: () => ({ headers: { "cdn-cache-control": "public" } }),
});
defineHooks({
  // @ts-expect-error The connector's own.
  onResponse: () => ({ headers: { "x-queueit-redirect": "https://evil.example/" } }),
});

/** What does compile. */
export const SAYABLE = defineHooks({
  beforeMatching: ({ cf }) =>
    cf.botManagement?.verifiedBot === true ? { leaveAlone: true, facts: ["bot"] } : undefined,
  afterDecision: async (decision) => (decision.kind === "to-queue-it" ? { language: "de-DE" } : undefined),
  onResponse: ({ by }) =>
    by === "site" ? { headers: { "x-frame-options": "DENY", server: null } } : undefined,
});
