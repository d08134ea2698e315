import type { TriggerPart } from "../../../worker/configuration/integration-configuration.ts";
import { actionOn, configurationOf, queueAction, type TestAction } from "../support/configurations.ts";
import type { RawAnswer } from "../support/raw-origin.ts";
import type { ShopOptions } from "../support/shop.ts";

export type SetupName =
  | "as configured"
  | "normalized"
  | "odd texts"
  | "pulled"
  | "direct pass"
  | "without address"
  | "all queue"
  | "allowed origin"
  | "with hooks";

const onParts = (...parts: TriggerPart[]): Partial<TestAction> => ({
  Triggers: [{ LogicalOperator: "And", TriggerParts: parts }],
});

/** One action for each way to write a trigger that somebody may try to get around. */
const ACTIONS: readonly TestAction[] = [
  actionOn("/static/", { Name: "open: a folder", ActionType: "Ignore" }),
  queueAction({
    Name: "open: an address",
    ActionType: "Ignore",
    ...onParts({
      ValidatorType: "UrlValidator",
      UrlPart: "PageUrl",
      Operator: "Contains",
      ValueToCompare: "/health",
    }),
  }),
  queueAction({
    Name: "open: a robot",
    ActionType: "Ignore",
    ...onParts({ ValidatorType: "UserAgentValidator", Operator: "Contains", ValueToCompare: "Googlebot" }),
  }),
  queueAction({
    Name: "open: a header",
    ActionType: "Ignore",
    ...onParts({
      ValidatorType: "HttpHeaderValidator",
      HttpHeaderName: "x-internal",
      Operator: "Equals",
      ValueToCompare: "1",
    }),
  }),
  actionOn("/leave", { Name: "leave", ActionType: "Cancel" }),
  queueAction({
    Name: "a form",
    ...onParts({ ValidatorType: "RequestBodyValidator", Operator: "Contains", ValueToCompare: "buy" }),
  }),
  queueAction({
    Name: "one path",
    ...onParts({
      ValidatorType: "UrlValidator",
      UrlPart: "PagePath",
      Operator: "Equals",
      ValueToCompare: "/Exact",
    }),
  }),
  queueAction({
    Name: "one host",
    ...onParts({
      ValidatorType: "UrlValidator",
      UrlPart: "HostName",
      Operator: "Equals",
      ValueToCompare: "vip.example",
    }),
  }),
  actionOn("/fixed", { Name: "not extended", ExtendCookieValidity: false }),
  actionOn("/sale", { Name: "another room", EventId: "event2" }),
  queueAction(),
];

const BROKEN = "da\r\nset-cookie: a=1";

export const SETUPS: Readonly<Record<SetupName, Omit<ShopOptions, "originAddress">>> = {
  "as configured": { configuration: configurationOf(...ACTIONS) },
  normalized: { configuration: configurationOf(...ACTIONS), variables: { QUEUEIT_MATCHING: "normalized" } },
  "odd texts": {
    configuration: configurationOf(
      queueAction({
        Name: BROKEN,
        Culture: BROKEN,
        LayoutName: BROKEN,
        RedirectLogic: "ForcedTargetUrl",
        ForcedTargetUrl: `https://shop.example/${BROKEN}`,
      }),
    ),
  },
  pulled: {
    configuration: configurationOf(queueAction()),
    variables: { QUEUEIT_CONFIG_OWNER: "pull", QUEUEIT_API_KEY: "fake-api-key" },
  },
  "direct pass": {
    configuration: configurationOf(queueAction()),
    variables: { QUEUEIT_DIRECT_PASS_URL: "https://endpoint.example/{customerId}/{waitingRoomId}" },
  },
  "all queue": {
    configuration: configurationOf(...ACTIONS),
    variables: { QUEUEIT_PREFLIGHTS: "queue", QUEUEIT_PREFETCHES: "queue" },
  },
  "allowed origin": {
    configuration: configurationOf(...ACTIONS),
    variables: { QUEUEIT_ALLOWED_ORIGINS: "https://www.shop.example" },
  },
  "without address": {
    configuration: configurationOf(queueAction()),
    variables: { QUEUEIT_CLIENT_IP: "none" },
  },
  "with hooks": {
    configuration: configurationOf(queueAction()),
    hooks: "test/worker/hooks/fixtures/told.ts",
  },
};

/** What the site says about caches, by the page; and an endpoint that does not take what it is brought. */
export function answerOf(asked: string): RawAnswer | undefined {
  if (/^host: endpoint\.example/im.test(asked))
    return { bytes: "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n" };
  const says = /^GET \S*[?&]says=(\S+) /.exec(asked)?.[1];
  if (says === undefined) return undefined;
  const lines = decodeURIComponent(says).split("|").join("\r\n");
  return { bytes: `HTTP/1.1 200 OK\r\n${lines}\r\ncontent-length: 8\r\n\r\nthe shop` };
}
