import { Hono } from "hono";
import { PERMISSION_GROUPS } from "../../../cloudflare/permission-groups.ts";
import type { ApiContext } from "./context.ts";
import { answer } from "./envelope.ts";
import { BEGINNING, USER_ID } from "./identity.ts";
import { answerPage } from "./paging.ts";
import { accountResource, type ApiEnv, mayDo } from "./shown-token.ts";

const ACCOUNT_PERMISSIONS = PERMISSION_GROUPS.filter(({ scope }) => scope === "account").map(
  ({ name }) => name,
);

/** Who is asking: the user, memberships and the account itself. */
export function identityRoutes({ account, accountName }: ApiContext): Hono<ApiEnv> {
  const presented = {
    id: account.id,
    name: accountName,
    type: "standard",
    settings: { enforce_twofactor: false },
    created_on: BEGINNING,
  };
  const routes = new Hono<ApiEnv>();
  routes
    .get("/user", () =>
      answer({ id: USER_ID, email: "local@localhost", first_name: null, last_name: null, suspended: false }),
    )
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
      const isSeen = mayDo(c.env.shown, ACCOUNT_PERMISSIONS, accountResource(account));
      return answerPage(
        isSeen && (name === undefined || name === accountName) ? [presented] : [],
        c.req.query(),
        50,
        (held) => held,
      );
    })
    .get("/accounts/:account", () => answer(presented));
  return routes;
}
