import { sessionCookie } from "../support/session-cookie.ts";
import { heldBy, honest, PAGE, row, SITE, theSite, WAITS, type BypassCase } from "./bypass-case.ts";

const HOOKS = "Hooks of a site's own";
const setup = "with hooks";
const NOTHING = heldBy("A hook that fails, is slow or says anything else changes nothing");

/** The hooks of this set-up do what a header tells them: what a visitor can bring about in real ones. */
export const HOOK_CASES: readonly BypassCase[] = [
  row(HOOKS, "no trick", PAGE, WAITS, honest("a hook that returns nothing changes nothing"), { setup }),
  row(
    HOOKS,
    "a request that a hook leaves alone",
    PAGE,
    SITE,
    theSite(
      "A hook's word counts: let it ask for what nobody can write down by himself, such as " +
        "`cf.botManagement.verifiedBot`, a signature or a client certificate, and never for a user agent or an address",
    ),
    { setup, headers: ['x-before: {"leaveAlone":true}'] },
  ),
  row(
    HOOKS,
    "the same, with the session that somebody else had",
    PAGE,
    SITE,
    theSite("What is left alone gets no session from here, and needs none"),
    { setup, headers: ['x-before: {"leaveAlone":true}', `cookie: ${sessionCookie({ issued: 1 })}`] },
  ),
  row(
    HOOKS,
    "a page that a hook fetches by itself, and gives as its answer",
    PAGE,
    SITE,
    theSite(
      "A hook that asks the site is a way past the queue, whatever it is for: have it leave alone instead",
    ),
    { setup, headers: ["x-before: asks the site"] },
  ),
  ...[
    "throws",
    "uses nothing",
    "rejects",
    "hangs",
    "is slow",
    "evil",
    "true",
    '{"leaveAlone":"true"}',
    "answers with an error",
  ].map((what) =>
    row(HOOKS, "a hook before matching that is made to fail", PAGE, WAITS, NOTHING, {
      setup,
      headers: [`x-before: ${what}`],
    }),
  ),
  ...["throws", "hangs", '{"url":"https://shop.example/"}', '{"leaveAlone":true}'].map((what) =>
    row(HOOKS, "a hook after the decision that is made to fail", PAGE, WAITS, NOTHING, {
      setup,
      headers: [`x-after: ${what}`],
    }),
  ),
  ...["throws", "hangs", '{"headers":{"location":null}}', '{"headers":{"cache-control":"public"}}']
    .map((what) =>
      row(HOOKS, "a hook on the response that is made to fail", PAGE, WAITS, NOTHING, {
        setup,
        headers: [`x-response: ${what}`],
        shows: "cache-control",
      }),
    )
    .map((one) => ({
      ...one,
      expected: `${WAITS}; \`cache-control: no-cache, no-store, must-revalidate, max-age=0\``,
    })),
  row(
    HOOKS,
    "a session in the answer of a hook",
    PAGE,
    WAITS,
    heldBy("An answer with a session cookie is not taken"),
    { setup, headers: [`x-before: answers {"headers":{"set-cookie":"${sessionCookie()}"}}`] },
  ),
  row(
    HOOKS,
    "a session in a header of a hook",
    PAGE,
    WAITS,
    heldBy("`set-cookie` is not a hook's to set, in any spelling"),
    { setup, headers: [`x-response: {"headers":{"Set-Cookie":"${sessionCookie()}"}}`] },
  ),
  row(
    HOOKS,
    "more than a language, to get parameters into the address",
    PAGE,
    WAITS,
    heldBy("A language has the form of one, and both are encoded"),
    { setup, headers: ['x-after: {"language":"de&c=evil","layout":"a&c=evil"}'] },
  ),
  row(
    HOOKS,
    "a layout with parameters in it",
    PAGE,
    WAITS,
    heldBy("It is encoded, and no other byte of the address changes"),
    { setup, headers: ['x-after: {"layout":"a&c=evil#"}'] },
  ),
  row(
    HOOKS,
    "a look at the Worker's status, to get round a hook",
    "GET /tickets?__queueit_status",
    "`200 from a hook`",
    heldBy("A call that is not signed goes through the hooks like any other request"),
    { setup, headers: ['x-before: answers {"body":"from a hook"}'] },
  ),
];
