import { describe, expect, it } from "vitest";
import { Activity, KEPT_SECONDS } from "../../../../infra/local/activity/activity.ts";
import { LogTail } from "../../../../infra/local/activity/log-tail.ts";
import { outcomeOf } from "../../../../infra/local/activity/outcome.ts";

describe("what happens by the second", () => {
  const at = (seconds: number) => {
    let now = seconds * 1000;
    const activity = new Activity(() => now);
    return { activity, move: (by: number) => (now += by * 1000) };
  };

  it("is told in stretches of the same length, oldest first", () => {
    const { activity, move } = at(1000);
    activity.count("to-queue-it");
    activity.sample({ joined: 3, passed: 0, waiting: 3 });
    move(5);
    activity.sample({ joined: 4, passed: 2, waiting: 2 });
    activity.count("let-in");
    activity.count("let-in");
    move(5);
    const [first, second] = activity.stretches(10, 2);
    expect(first).toMatchObject({ from: 1_000_000, joinedPerMinute: 36, passedPerMinute: 0, waiting: 3 });
    expect(first?.perMinute).toMatchObject({ "to-queue-it": 12, "let-in": 0 });
    expect(second).toMatchObject({ from: 1_005_000, joinedPerMinute: 12, passedPerMinute: 24, waiting: 2 });
    expect(second?.perMinute).toMatchObject({ "to-queue-it": 0, "let-in": 24 });
  });

  it("keeps the line's length through seconds in which nobody looked", () => {
    const { activity, move } = at(1000);
    activity.sample({ joined: 7, passed: 0, waiting: 7 });
    move(300);
    expect(activity.stretches(60, 3).map(({ waiting }) => waiting)).toEqual([7, 7, 7]);
  });

  it("is forgotten after half an hour, however long it runs", () => {
    const { activity, move } = at(1000);
    for (let second = 0; second < 3 * KEPT_SECONDS; second += 1) {
      activity.sample({ joined: second, passed: 0, waiting: 0 });
      move(1);
    }
    const all = activity.stretches(3 * KEPT_SECONDS, 3);
    expect(all.map(({ joinedPerMinute }) => joinedPerMinute)).toEqual([0, 0, 60]);
  });
});

describe("how a request ended", () => {
  const isQueueIt = (host: string) => host === "acme.queue-it.net";
  const ended = (
    status: number,
    headers: Record<string, string> = {},
    url = "https://shop.example.com/tickets",
  ) => outcomeOf({ event: { worker: "connector", status }, url, headers: new Headers(headers) }, isQueueIt);
  const session = { "set-cookie": "QueueITAccepted-SDFrts345E-V3_sale=EventId%3Dsale; Path=/" };

  it.each([
    ["to-queue-it", ended(302, { location: "https://acme.queue-it.net/?c=acme&e=sale" })],
    ["to-queue-it", ended(200, { "x-queueit-redirect": "https%3A%2F%2Facme.queue-it.net%2F%3Fc%3Dacme" })],
    ["refused", ended(302, { location: "https://acme.queue-it.net/error/hash/?c=acme" })],
    ["left", ended(302, { location: "https://acme.queue-it.net/prefix/cancel/multiple/acme/?c=acme" })],
    [
      "let-in",
      ended(
        302,
        { location: "/tickets", ...session },
        "https://shop.example.com/tickets?a=1&queueittoken=e_x",
      ),
    ],
    ["site", ended(200, session)],
    ["site", ended(302, { location: "https://elsewhere.example/" })],
    ["site", ended(200, { "x-queueit-redirect": "%zz" })],
    ["failed", ended(521)],
  ])("is %s", (wanted, told) => {
    expect(told).toBe(wanted);
  });

  it("is past the Worker where no Worker saw it", () => {
    const event = { worker: null, status: 302 };
    const headers = new Headers({ location: "https://acme.queue-it.net/" });
    expect(outcomeOf({ event, url: "https://shop.example.com/", headers }, isQueueIt)).toBe("bypassed");
  });
});

it("keeps the latest 500 lines of the log, and of each what anybody reads", () => {
  const tail = new LogTail((text) => text.replaceAll("secret", "(hidden)"));
  for (let index = 0; index < 600; index += 1)
    tail.add({ level: "log", message: `${index} ${"x".repeat(5000)}` });
  expect(tail.lines).toHaveLength(500);
  expect(tail.lines[0]?.message).toMatch(/^100 x+…$/);
  expect(tail.lines[0]?.message).toHaveLength(4001);
  tail.add({ level: "log", message: `${"x".repeat(3997)}secret${"x".repeat(100)}` });
  expect(tail.lines.at(-1)?.message).toMatch(/^x+\(hi…$/);
});
