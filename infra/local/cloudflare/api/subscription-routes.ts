import { Hono } from "hono";
import type { ApiContext } from "./context.ts";
import { answer } from "./envelope.ts";
import type { ApiEnv } from "./shown-token.ts";

/** The subscriptions of the account, to be read: the plan whose limits the local Cloudflare keeps. */
export function subscriptionRoutes({ account }: ApiContext): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes.get("/accounts/:account/subscriptions", () =>
    answer([
      {
        id: account.id,
        state: "Paid",
        price: 5,
        currency: "USD",
        frequency: "monthly",
        rate_plan: { id: "workers_paid", public_name: "Workers Paid", scope: "account", currency: "USD" },
      },
    ]),
  );
  return routes;
}
