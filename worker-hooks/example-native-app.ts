import { defineHooks } from "../worker/hooks/define-hooks.ts";

/** Header with which the app says that it is one, for example `x-shop-app: 4.2`. */
const APP_HEADER = "x-shop-app";

/** Tells a native app the waiting room's address as JSON, in place of a redirect: it opens that in a browser view. */
export default defineHooks({
  afterDecision(decision, request) {
    if (decision.kind !== "to-queue-it" || !request.headers.has(APP_HEADER)) return undefined;
    return {
      answer: {
        status: 202,
        contentType: "application/json",
        body: JSON.stringify({ waitingRoom: decision.url }),
      },
    };
  },
});
