import { expect, it } from "vitest";
import { checkCaller } from "../../../infra/verify/caller-check.ts";
import { Response as OriginResponse } from "miniflare";
import { configurationOf, queueAction } from "../../worker/support/configurations.ts";
import { Shop } from "../../worker/support/shop.ts";

const PAGE = "https://shop.example/tickets";
const APP = "https://app.example";

async function checked(variables: Readonly<Record<string, string>>, page = PAGE) {
  const shop = await Shop.open({
    configuration: configurationOf(queueAction()),
    variables,
    origin: () => new OriginResponse("the shop"),
  });
  try {
    return await checkCaller(
      page,
      APP,
      { environment: "staging", chained: undefined },
      {
        get: async (url, headers = {}) => {
          const { status, headers: said } = await shop.visit(url, { headers: { ...headers } });
          return { status, headers: said, location: said.get("location"), body: "" };
        },
      },
    );
  } finally {
    await shop.close();
  }
}

it("passes where scripts of the origin can read the answer", async () => {
  expect(await checked({ QUEUEIT_ALLOWED_ORIGINS: `https://www.example ${APP}` })).toMatchObject({
    outcome: "passed",
    detail: "answered 200, and may be read",
  });
});

it("fails where the Worker that is deployed does not know the origin, and says what to do", async () => {
  expect(await checked({})).toMatchObject({
    outcome: "failed",
    detail: "answered 200 for no other origin to read",
    remedy: expect.stringContaining("npx queueit-cf deploy staging"),
  });
});

it("fails where nobody has to wait any more", async () => {
  expect(await checked({ QUEUEIT_ALLOWED_ORIGINS: APP }, "https://shop.example/about")).toMatchObject({
    outcome: "failed",
    detail: "answered 200, without saying where",
  });
});
