import { afterEach, describe, expect, it, vi } from "vitest";
import { CONNECTOR_VERSION } from "../../../worker/deployment/version.ts";
import type { Settings } from "../../../worker/deployment/settings.ts";
import { answerStatusCall, isStatusCall } from "../../../worker/status/status.ts";
import { actionOn, queueAction, type TestAction } from "../support/configurations.ts";
import { TestContext } from "../support/connector.ts";
import { connectorHolding } from "../support/endpoint.ts";
import { hmac, SECRET } from "../support/tokens.ts";

const NOW = 1_800_000_000_000;
const PAGE = "https://shop.example:8443/tickets?seat=1";
const BUNDLE = "ab".repeat(32);

afterEach(() => {
  vi.useRealTimers();
});

interface Asked {
  readonly url?: string;
  readonly method?: string;
  readonly header?: string | undefined;
  readonly actions?: readonly TestAction[] | null | undefined;
  readonly settings?: Partial<Settings>;
}

const signature = (issued: number, host = "shop.example:8443", key = SECRET): string =>
  `${issued}.${hmac(`queueit-status-call\n${issued}\n${host}`, key)}`;

/** The answer to a status call at a fixed time, by the words of its protocol rather than the code that has them. */
async function ask({
  url = `${PAGE}&__queueit_status`,
  method = "GET",
  header = signature(NOW),
  settings = {},
  ...asked
}: Asked = {}) {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  const actions = "actions" in asked ? asked.actions : [queueAction()];
  const held = actions === null ? undefined : { Version: 7, ...(actions && { Integrations: actions }) };
  const { connector } = connectorHolding(held, settings);
  const request = { url, method, headers: new Headers(header === "" ? {} : { "x-queueit-status": header }) };
  return answerStatusCall(request as Request, connector, new TestContext());
}

describe("the answer to a status call", () => {
  it("says what runs there, and is signed over the call and itself", async () => {
    const settings = { bundle: BUNDLE, failureMode: "closed", owner: "pull" } as const;
    const answer = await ask({ settings });
    const body = (await answer?.text()) ?? "";
    const text = JSON.stringify({ Version: 7, Integrations: [queueAction()] });
    expect(JSON.parse(body)).toEqual({
      connector: CONNECTOR_VERSION,
      bundle: BUNDLE,
      chained: false,
      failure: "closed",
      owner: "pull",
      configuration: { version: 7, actions: 1, text: null, hash: hmac(`queueit-status-text\n${text}`) },
      action: {
        name: "protect tickets",
        type: "Queue",
        waitingRoom: "event1",
        queueDomain: "testcustomer.queue-it.net",
      },
    });
    const callHash = signature(NOW).split(".")[1] ?? "";
    expect(answer?.headers.get("x-queueit-status-hash")).toBe(
      hmac(`queueit-status-answer\n${callHash}\n${body}`),
    );
    expect(answer?.headers.get("content-type")).toBe("application/json");
    expect(answer?.headers.get("cache-control")).toContain("no-store");
    expect(answer?.headers.get("x-queueit-connector")).toBe("cloudflare");
  });

  it("says of a deployment that wrote no bundle, and of an isolate without configuration, that there is none", async () => {
    expect(await (await ask({ actions: null }))?.json()).toMatchObject({
      bundle: null,
      configuration: null,
      action: null,
    });
  });

  it("says what it can of an action without name, room and domain", async () => {
    const nameless = { Name: null, EventId: "event2", QueueDomain: null, ActionType: "Cancel" };
    expect(await (await ask({ actions: [queueAction(nameless)] }))?.json()).toMatchObject({
      action: { name: "event2", type: "Cancel", waitingRoom: "event2", queueDomain: "" },
    });
    const bare = actionOn("/tickets", { Name: null, EventId: null, ActionType: "Ignore" });
    expect(await (await ask({ actions: [bare] }))?.json()).toMatchObject({
      action: { name: "", waitingRoom: "" },
    });
  });

  it("is about the page without the parameter, and about a new visitor of it", async () => {
    const { ValidatorType, UrlPart } = { ValidatorType: "UrlValidator", UrlPart: "PageUrl" };
    const only = (ValueToCompare: string): TestAction =>
      queueAction({
        Triggers: [{ TriggerParts: [{ ValidatorType, UrlPart, Operator: "Equals", ValueToCompare }] }],
      });
    expect(await (await ask({ actions: [only(PAGE)] }))?.json()).toHaveProperty("action.type", "Queue");
    expect(await (await ask({ actions: [only(`${PAGE}&`)] }))?.json()).toHaveProperty("action", null);
  });

  it("is about a request without a body", async () => {
    const part = { ValidatorType: "RequestBodyValidator", Operator: "Equals", ValueToCompare: "" };
    const action = queueAction({ Triggers: [{ TriggerParts: [part] }] });
    expect(await (await ask({ actions: [action] }))?.json()).toHaveProperty("action.type", "Queue");
  });

  it("matches as the deployment matches", async () => {
    const url = "https://shop.example:8443/%74ickets?__queueit_status";
    expect(await (await ask({ url }))?.json()).toHaveProperty("action", null);
    const settings = { matching: "normalized" } as const;
    expect(await (await ask({ url, settings }))?.json()).toHaveProperty("action.type", "Queue");
  });

  it.each([[], undefined])("counts the actions, of which there may be none: %j", async (actions) => {
    expect(await (await ask({ actions }))?.json()).toHaveProperty("configuration.actions", 0);
  });
});

describe("a call that gets no answer", () => {
  const valid = signature(NOW);
  it.each<[string, Asked]>([
    ["has no header", { header: "" }],
    ["is signed with another key", { header: signature(NOW, "shop.example:8443", "another key") }],
    ["is signed for another host", { header: signature(NOW, "shop.example") }],
    ["is signed for another moment", { header: valid.replace(/^\d+/, String(NOW + 1)) }],
    ["is older than a minute", { header: signature(NOW - 60_001) }],
    ["is of the future by more than a minute", { header: signature(NOW + 60_001) }],
    ["names no moment", { header: valid.replace(/^\d+/, "now") }],
    ["has nothing but a moment", { header: String(NOW) }],
    ["has something before its header", { header: `x${valid}` }],
    ["has something after its header", { header: `${valid}0` }],
    ["has a hash in upper case", { header: valid.toUpperCase() }],
    ["would change something", { method: "POST" }],
    ["asks for headers only", { method: "HEAD" }],
  ])("%s", async (_what, asked) => {
    expect(await ask(asked)).toBeUndefined();
  });

  it.each([NOW - 60_000, NOW, NOW + 60_000])("is not one of this minute: %i", async (issued) => {
    expect(await ask({ header: signature(issued) })).toBeDefined();
  });
});

describe("what counts as a status call", () => {
  it.each(["https://shop.example/?__queueit_status", "https://shop.example/?a=b&__queueit_status"])(
    "%s does",
    (url) => {
      expect(isStatusCall(url)).toBe(true);
    },
  );

  it.each([
    "https://shop.example/__queueit_status",
    "https://shop.example/?x__queueit_status",
    "https://shop.example/?__queueit_status=1",
    "https://shop.example/?__queueit_status&a",
    "https://shop.example/?__QUEUEIT_status",
  ])("%s does not", (url) => {
    expect(isStatusCall(url)).toBe(false);
  });
});
