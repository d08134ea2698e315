import { configurationOf, queueAction } from "../../worker/support/configurations.ts";
import { SECRET } from "../../worker/support/tokens.ts";
import {
  cannotWork,
  MODES,
  outcome,
  SITE_WITH_SESSION,
  WAITS,
  type FaultCase,
  type Given,
} from "./fault-case.ts";

const CONFIGURATION = JSON.stringify(configurationOf(queueAction()));

/** Isolates that begin while visitors come: nobody gets in for it, and the log does not grow with them. */
const HELD: readonly [string, Given][] = [
  ["meets 50 visitors at once", { crowd: 50 }],
  [
    "meets 50 visitors at once, and KV answers after 700 ms",
    { crowd: 50, kv: { says: CONFIGURATION, afterMs: 700 } },
  ],
  [
    "meets 50 visitors at once, and the Secrets Store answers after 700 ms",
    { crowd: 50, without: "secret", secretsStore: { QUEUEIT_SECRET_KEY: { says: SECRET, afterMs: 700 } } },
  ],
  ["begins anew three times under 20 visitors each", { crowd: 20, restarts: 3 }],
  [
    "begins anew three times under 20 visitors each, and KV answers after 700 ms",
    { crowd: 20, restarts: 3, kv: { says: CONFIGURATION, afterMs: 700 } },
  ],
];

const USELESS: readonly [string, Given, string][] = [
  [
    "meets 50 visitors at once, and KV throws",
    { crowd: 50, kv: { fault: "throws" } },
    "configuration-unreadable",
  ],
  [
    "meets 50 visitors at once, and KV never answers",
    { crowd: 50, kv: { fault: "hangs" } },
    "configuration-unreadable",
  ],
  [
    "meets 50 visitors at once, and KV holds nothing",
    { crowd: 50, kv: { says: null } },
    "configuration-missing",
  ],
  [
    "meets 50 visitors at once, and the Secrets Store throws",
    { crowd: 50, without: "secret", secretsStore: { QUEUEIT_SECRET_KEY: { fault: "throws" } } },
    "secret-unreadable",
  ],
];

/** KV holds what a newer or older version of this program wrote. */
const OTHER_VERSIONS: readonly [string, unknown][] = [
  [
    "a newer version wrote with properties of its own",
    { ...configurationOf(queueAction({ Future: { x: [1] } })), Schema: 9 },
  ],
  [
    "a newer version wrote with a validator of its own before",
    configurationOf(
      queueAction({
        EventId: "event2",
        Triggers: [{ LogicalOperator: "And", TriggerParts: [{ ValidatorType: "Future", Operator: "Is" }] }],
      }),
      queueAction(),
    ),
  ],
  [
    "a newer version wrote with a type of action of its own before",
    configurationOf(queueAction({ ActionType: "Future", EventId: "event2", Triggers: [] }), queueAction()),
  ],
  [
    "Queue-it's own connector wrote, with what only it knows",
    {
      ...configurationOf(queueAction()),
      Description: "by hand",
      Integrations: [{ ...queueAction(), OnDemand: null, OnVerified: null }],
    },
  ],
];

const EDGE = "A new isolate";

export const ISOLATE_CASES: readonly FaultCase[] = MODES.flatMap((mode) => [
  ...HELD.flatMap(([fault, given]): FaultCase[] => [
    { edge: EDGE, fault, visitor: "new", mode, given, expected: outcome(WAITS, 0) },
    { edge: EDGE, fault, visitor: "with a session", mode, given, expected: outcome(SITE_WITH_SESSION, 1) },
  ]),
  ...USELESS.map(([fault, given, reason]): FaultCase => ({
    edge: EDGE,
    fault,
    visitor: "new",
    mode,
    given,
    expected: cannotWork(mode, reason),
  })),
  ...OTHER_VERSIONS.map(([fault, configuration]): FaultCase => ({
    edge: EDGE,
    fault: `finds in KV what ${fault}`,
    visitor: "new",
    mode,
    given: { kv: { says: JSON.stringify(configuration) } },
    expected: outcome(WAITS, 0),
  })),
]);
