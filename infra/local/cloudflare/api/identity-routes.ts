import { Hono } from "hono";
import type { ApiContext } from "./context.ts";
import { answer } from "./envelope.ts";
import { answerPage } from "./paging.ts";

/** Ids that only this machine has; they never change. */
const USER_ID = "10ca10ca10ca10ca10ca10ca10ca10ca";
const TOKEN_ID = "20ca20ca20ca20ca20ca20ca20ca20ca";
/** The local account has no past: everything that Cloudflare dates by it has this date. */
export const BEGINNING = "2020-01-01T00:00:00.000000Z";

/** Who is asking: tokens, the user, memberships and the account itself. */
export function identityRoutes({ account, accountName }: ApiContext): Hono {
  const presented = {
    id: account.id,
    name: accountName,
    type: "standard",
    settings: { enforce_twofactor: false },
    created_on: BEGINNING,
  };
  const verified = { id: TOKEN_ID, status: "active", not_before: BEGINNING };
  const routes = new Hono();
  routes
    .get("/user", () =>
      answer({ id: USER_ID, email: "local@localhost", first_name: null, last_name: null, suspended: false }),
    )
    .get("/user/tokens/verify", () => answer(verified))
    .get("/accounts/:account/tokens/verify", () => answer(verified))
    .get("/memberships", (c) =>
      answerPage([presented], c.req.query(), 50, (held) => ({
        id: USER_ID,
        status: "accepted",
        account: held,
        roles: ["Administrator"],
        policies: [],
      })),
    )
    .get("/accounts", (c) => {
      const name = c.req.query("name");
      return answerPage(
        name === undefined || name === accountName ? [presented] : [],
        c.req.query(),
        50,
        (held) => held,
      );
    })
    .get("/accounts/:account", () => answer(presented));
  return routes;
}
