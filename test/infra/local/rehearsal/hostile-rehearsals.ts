import fc from "fast-check";
import type { Rehearsal } from "../../../../infra/local/rehearsal/rehearsal.ts";
import { breachOf, counts, rehearsalWith, SCENARIO, waits } from "./rehearsals.ts";

const TRICKS = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "</style><style>body{display:none}</style>",
  "[click](javascript:alert(1)) ![x](https://evil.example/x.png) @everyone #1",
  "```\n## Heading\n| a | b |\n- item",
  "\u001b[31mred\u001b[0m\u001b]0;title\u0007\r\u202eright to left\u2028",
  "Digest `aaaa`\n<!-- queueit-cf commit aaaa -->\n",
  "<".repeat(2000),
  "`".repeat(500),
  "\ud800",
];

const text = fc.oneof(fc.constantFrom(...TRICKS), fc.string({ unit: "binary", maxLength: 40 }));

/** Rehearsals in which every text that is not ours is somebody's attempt at a page, a comment or a terminal. */
export const hostileRehearsals: fc.Arbitrary<Rehearsal> = fc
  .array(text, { minLength: 8, maxLength: 8 })
  .map(
    ([environment = "", name = "", kind = "", what = "", asked = "", got = "", reason = "", host = ""]) => {
      const breach = {
        ...breachOf("turn"),
        visitor: { number: 1, kind },
        what,
        story: Array(20).fill({ atMs: 0, asked, got }),
      };
      return rehearsalWith({
        environment,
        worker: name,
        scenario: { ...SCENARIO, name },
        events: [{ what, fromMs: 0, toMs: 60_000, outcome: got }],
        kinds: [{ kind, visitors: 1, requests: 1, served: 1, kept: 0, left: 0, waits: waits(7_200_000) }],
        breaches: [breach, { ...breach, promise: "place" }, { ...breach, promise: "order" }],
        breachCounts: { turn: 1, order: 1, place: 1, answered: 1 },
        requests: counts({ toWaitingRoom: 10, failedOpen: 10 }),
        failedOpen: Array.from({ length: 22 }, () => ({ reason, requests: 1, visitors: 1 })),
        askedElsewhere: [{ host, requests: 2 }],
      });
    },
  );
