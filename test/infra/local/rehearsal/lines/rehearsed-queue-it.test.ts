import { describe, expect, it } from "vitest";
import { RehearsedQueueIt } from "../../../../../infra/local/rehearsal/lines/rehearsed-queue-it.ts";

const LINK = "https://acme.queue-it.net/?c=acme&e=Sale&t=https%3A%2F%2Fshop.example.com%2Ftickets";

function queueIt(changes: { readonly needsEnqueueToken?: boolean; readonly outflow?: number } = {}) {
  return new RehearsedQueueIt({
    customerId: "acme",
    secretKey: "secret",
    sites: ["shop.example.com"],
    outflow: 60,
    needsEnqueueToken: false,
    cookieValidity: () => ({ kind: "extendable" }),
    ...changes,
  });
}

function placeOf(line: RehearsedQueueIt, visitor: number, now = 0, keepsCookies = true) {
  const entered = line.enter(visitor, LINK, keepsCookies, now);
  if (entered.kind !== "waiting") throw new Error(`The visitor does not wait: ${entered.kind}`);
  return entered.place;
}

describe("the line of a rehearsal", () => {
  it("lets visitors in one after the other, at its outflow", () => {
    const line = queueIt();
    for (const visitor of [1, 2, 3]) placeOf(line, visitor);
    const letIn = [999, 1000, 2999, 3000].map((now) => line.letIn(now).map(({ visitor }) => visitor));
    expect(letIn).toEqual([[], [1], [2], [3]]);
  });

  it("moves everybody up behind those who leave", () => {
    const line = queueIt();
    const [first] = [1, 2, 3].map((visitor) => placeOf(line, visitor));
    if (first !== undefined) line.leave(first, 500);
    expect(line.letIn(1000).map(({ visitor }) => visitor)).toEqual([2]);
    expect(line.length(1000)).toBe(1);
  });

  it("knows a visitor again who comes back, and no program without cookies", () => {
    const line = queueIt();
    expect(placeOf(line, 1, 100)).toBe(placeOf(line, 1, 200));
    expect(placeOf(line, 2, 100, false)).not.toBe(placeOf(line, 2, 200, false));
  });

  it("keeps a turn for somebody who looks away", () => {
    const line = queueIt();
    placeOf(line, 1);
    const [place] = line.letIn(1000);
    if (place !== undefined) line.keepTurn(place);
    expect(line.enter(1, LINK, true, 2000)).toEqual({ kind: "passed", place });
    expect(line.enter(1, LINK, true, 3000).kind).toBe("waiting");
  });

  it.each([
    ["of another customer", LINK.replace("c=acme", "c=other")],
    ["without a waiting room", LINK.replace("e=Sale", "e=")],
    ["that leads to another site", LINK.replace("shop.example.com", "elsewhere.example")],
    ["that is not an address", "tickets"],
  ])("refuses a link %s", (_what, link) => {
    expect(queueIt().enter(1, link, true, 0).kind).toBe("refused");
  });

  it("refuses a link without the enqueue token that is needed", () => {
    expect(queueIt({ needsEnqueueToken: true }).enter(1, LINK, true, 0).kind).toBe("refused");
  });

  it("takes nobody in while it cannot be reached", () => {
    const line = queueIt();
    line.isReachable = false;
    expect(line.enter(1, LINK, true, 0).kind).toBe("unreachable");
  });
});
