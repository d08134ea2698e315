import { expect, it } from "vitest";
import { preparedQueueAction } from "../../../worker/validation/prepared-queue-action.ts";
import * as sdk from "../../../worker/validation/sdk.ts";
import { queueAction, type TestAction } from "../support/configurations.ts";

const matchedOf = (changes: Partial<TestAction> = {}) => ({
  action: queueAction(changes),
  sdkConfiguration: "",
  version: 7,
});

it("is made once of an action that matched", () => {
  const matched = matchedOf();
  expect(preparedQueueAction(matched, sdk)).toBe(preparedQueueAction(matched, sdk));
});

it("is not made of a cancel or ignore action", () => {
  expect(preparedQueueAction(matchedOf({ ActionType: "Cancel" }), sdk)).toBeUndefined();
  expect(preparedQueueAction(matchedOf({ ActionType: "Ignore" }), sdk)).toBeUndefined();
});

it("fills in what an action need not say", () => {
  const bare = { ExtendCookieValidity: undefined, CookieValidityMinute: null, QueueIdUsageLimit: null };
  expect(preparedQueueAction(matchedOf(bare), sdk)).toMatchObject({
    event: {
      allowedWaitingRoomIds: [],
      queuePathPrefix: "",
      extendCookieValidity: false,
      cookieValidityMinute: 0,
      version: 7,
      verifyActionEnabled: false,
    },
    waitingRoomIds: ["event1"],
    fixedTargetUrl: undefined,
  });
});

it.each([
  ["ForcedTargetUrl", "https://shop.example/start", "https://shop.example/start"],
  ["ForcedTargetUrl", null, ""],
  ["EventTargetUrl", "https://shop.example/start", ""],
  ["AllowTParameter", "https://shop.example/start", undefined],
  [null, "https://shop.example/start", undefined],
])("has the target of its redirect logic: %s with %s", (RedirectLogic, ForcedTargetUrl, wanted) => {
  expect(preparedQueueAction(matchedOf({ RedirectLogic, ForcedTargetUrl }), sdk)?.fixedTargetUrl).toBe(
    wanted,
  );
});
