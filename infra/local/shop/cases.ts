/** Something to try in the demo shop. */
export interface DemoCase {
  readonly label: string;
  /** Path on the shop, with query. */
  readonly path: string;
  /** What to expect, in one sentence. */
  readonly explains: string;
}

/**
 * What happens to a request: a route that skips the Worker, no route, no action, or the type of the action.
 */
export type Happening = "bypassed" | "no-route" | "no-action" | "Queue" | "Cancel" | "Ignore";

/** A request, and what has to happen to it. */
export interface Need {
  readonly path: string;
  readonly body?: string;
  readonly cookie?: string;
  readonly happens: readonly Happening[];
}

/**
 * A case, and what has to be so for its text to be true. All that queues has to do so in one waiting room.
 */
export interface ConditionalCase extends DemoCase {
  /** The page whose route and action are the cause of what is to be seen. */
  readonly decidedAt: string;
  readonly needs: readonly [Need, ...Need[]];
}

const OPEN: readonly Happening[] = ["bypassed", "no-route", "no-action", "Ignore"];

/** One case for each thing the integration configuration of the demo does. */
export const DEMO_CASES: readonly ConditionalCase[] = [
  {
    label: "Tickets",
    path: "/tickets?seat=A12",
    explains: "A protected page: you go through the waiting room first, then straight in for twenty minutes.",
    decidedAt: "/tickets?seat=A12",
    needs: [{ path: "/tickets?seat=A12", happens: ["Queue"] }],
  },
  {
    label: "Live stock",
    path: "/stock",
    explains:
      "An open page whose button makes an AJAX call that has to queue: the page takes you there and back.",
    decidedAt: "/api/stock",
    needs: [
      { path: "/api/stock", happens: ["Queue"] },
      { path: "/stock", happens: ["no-action"] },
      // Its button sets the cookie, and the token has to be taken on the way back.
      { path: "/stock?queueittoken=x", cookie: "live-stock=on", happens: ["Queue"] },
    ],
  },
  {
    label: "Checkout",
    path: "/basket",
    explains:
      "A form: its content decides, so an order for a poster goes through and a VIP order has to queue.",
    decidedAt: "/checkout",
    needs: [
      { path: "/checkout?queueittoken=x", happens: ["Queue"] },
      { path: "/checkout", body: "item=vip", happens: ["Queue"] },
      { path: "/checkout", body: "item=poster", happens: OPEN },
      { path: "/basket", happens: OPEN },
    ],
  },
  {
    label: "Leave",
    path: "/leave",
    explains: "Cancels your session: the next protected page sends you to the end of the line.",
    decidedAt: "/leave",
    needs: [{ path: "/leave", happens: ["Cancel"] }],
  },
  {
    label: "Health check",
    path: "/health",
    explains: "Seen by the Worker and always left alone, no matter what comes after it in the configuration.",
    decidedAt: "/health",
    needs: [{ path: "/health", happens: ["Ignore"] }],
  },
  {
    label: "Static file",
    path: "/static/logo.svg",
    explains: "On a bypass route: Cloudflare serves it without the Worker, which is faster and not billed.",
    decidedAt: "/static/logo.svg",
    needs: [{ path: "/static/logo.svg", happens: ["bypassed"] }],
  },
];
