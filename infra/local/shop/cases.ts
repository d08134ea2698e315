/** Something to try in the demo shop. */
export interface DemoCase {
  readonly label: string;
  /** Path on the shop, with query. */
  readonly path: string;
  /** What to expect, in one sentence. */
  readonly explains: string;
}

/** One case for each thing the integration configuration of the demo does. */
export const DEMO_CASES: readonly DemoCase[] = [
  {
    label: "Tickets",
    path: "/tickets?seat=A12",
    explains: "A protected page: you go through the waiting room first, then straight in for twenty minutes.",
  },
  {
    label: "Live stock",
    path: "/stock",
    explains:
      "An open page whose button makes an AJAX call that has to queue: the page takes you there and back.",
  },
  {
    label: "Checkout",
    path: "/basket",
    explains:
      "A form: what it sends decides, so that an order of a poster goes through and a VIP order has to queue.",
  },
  {
    label: "Leave",
    path: "/leave",
    explains: "Cancels your session: the next protected page sends you to the end of the line.",
  },
  {
    label: "Health check",
    path: "/health",
    explains: "Seen by the Worker and always left alone, whatever comes after it in the configuration.",
  },
  {
    label: "Static file",
    path: "/static/logo.svg",
    explains: "On a bypass route: Cloudflare serves it without the Worker, which is faster and not paid for.",
  },
];
