import {
  ACTION,
  type DemoAction,
  type DemoTrigger,
  type DemoTriggerPart,
  PART,
  body,
  cookie,
  path,
} from "./demo-action.ts";

/**
 * An integration configuration with every property, as Queue-it's platform publishes it
 * (integrationConfigModel of the SDK 5.0.1).
 */
export interface DemoConfiguration {
  readonly Description: string;
  readonly Version: number;
  readonly Integrations: readonly DemoAction[];
}

/** Addresses of one site, by their path as it looks once it is normalized. */
export interface DemoAddresses {
  readonly hostname: string;
  readonly path: string;
  /** Whether it is the path itself, or every one that contains it. */
  readonly operator: "Equals" | "Contains";
}

export interface DemoOptions {
  readonly customerId: string;
  /**
   * Addresses that are left alone, whatever comes after.
   * @default []
   */
  readonly ignored?: readonly DemoAddresses[];
  /**
   * Addresses that queue although a page of the demo has another action for them.
   * @default []
   */
  readonly queuedFirst?: readonly DemoAddresses[];
  /**
   * Addresses that queue where no page of the demo has an action for them.
   * @default []
   */
  readonly queued?: readonly DemoAddresses[];
}

/** Waiting rooms of the demo. Lower case: the SDK 5.0.1 refuses its own cookie for `DemoTickets`. */
const DEMO_ROOMS = {
  tickets: "demotickets",
  stock: "demostock",
  checkout: "democheckout",
  pages: "demopages",
} as const;

/**
 * The integration configuration of the demo shop: one action for each thing an action can do, and what else
 * has to queue or be left alone. The first action that matches wins, so exceptions come first.
 *
 * @param hostnames Hostnames of the sites it is for.
 */
export function demoConfiguration(hostnames: readonly string[], options: DemoOptions): DemoConfiguration {
  const { customerId, ignored = [], queuedFirst = [], queued = [] } = options;
  const site: DemoTriggerPart = {
    ...PART,
    UrlPart: "HostName",
    // The site answers to `SHOP.example.com`, `shop.example.com.` and other ports as well.
    Operator: "ContainsAny",
    ValuesToCompare: hostnames,
    IsIgnoreCase: true,
  };
  const when = (...parts: readonly DemoTriggerPart[]): DemoTrigger => ({
    LogicalOperator: "And",
    TriggerParts: [site, ...parts],
  });
  const at = ({ hostname, path: value, operator }: DemoAddresses): DemoTrigger => ({
    LogicalOperator: "And",
    TriggerParts: [{ ...site, ValuesToCompare: [hostname] }, path(operator, value)],
  });
  const action = (
    own: Pick<DemoAction, "Name" | "ActionType" | "EventId" | "Triggers"> & Partial<DemoAction>,
  ): DemoAction => {
    // A person who reads the JSON looks for these first.
    const { Name, ActionType, EventId, ...rest } = own;
    return {
      Name,
      ActionType,
      EventId,
      ...ACTION,
      QueueDomain: `${customerId}.queue-it.net`,
      ...rest,
    };
  };
  const ownPages = (Name: string, addresses: readonly DemoAddresses[]): readonly DemoAction[] =>
    addresses.length === 0
      ? []
      : [action({ Name, ActionType: "Queue", EventId: DEMO_ROOMS.pages, Triggers: addresses.map(at) })];
  const hasOwnPages = queuedFirst.length + queued.length > 0;

  return {
    Description: `Demo shop on ${hostnames.join(", ")}`,
    Version: 1,
    Integrations: [
      ...(ignored.length === 0
        ? []
        : [
            action({
              Name: "Pages the coverage ignores",
              ActionType: "Ignore",
              EventId: "",
              Triggers: ignored.map(at),
            }),
          ]),
      ...ownPages("Protected pages before all others", queuedFirst),
      action({
        Name: "Health check is left alone",
        ActionType: "Ignore",
        EventId: "",
        Triggers: [when(path("Equals", "/health"))],
      }),
      action({
        Name: "Leaving gives the place back",
        ActionType: "Cancel",
        EventId: DEMO_ROOMS.tickets,
        InvolvedWaitingRoomIds: [
          DEMO_ROOMS.stock,
          DEMO_ROOMS.checkout,
          ...(hasOwnPages ? [DEMO_ROOMS.pages] : []),
        ],
        Triggers: [when(path("Equals", "/leave"))],
      }),
      action({
        Name: "Ticket pages",
        ActionType: "Queue",
        EventId: DEMO_ROOMS.tickets,
        Culture: "en-GB",
        Triggers: [when({ ...path("Contains", "/tickets"), IsIgnoreCase: true })],
      }),
      action({
        // The second trigger is for the way back: browsers return from a waiting room with GET, without the
        // body.
        Name: "VIP orders queue by what the form says",
        ActionType: "Queue",
        EventId: DEMO_ROOMS.checkout,
        Triggers: [
          when(path("Equals", "/checkout"), body("Contains", "item=vip")),
          when(path("Equals", "/checkout"), body("Equals", "")),
        ],
      }),
      action({
        // The page itself is open until its button was pressed; then it must accept the token that comes
        // back.
        Name: "Live stock queues its AJAX call",
        ActionType: "Queue",
        EventId: DEMO_ROOMS.stock,
        Triggers: [
          when(path("Contains", "/api/")),
          when(path("Equals", "/stock"), cookie("live-stock", "Equals", "on")),
        ],
      }),
      ...ownPages("Protected pages", queued),
    ],
  };
}
