import { describe, expect, it } from "vitest";
import { Visitor } from "../../../../infra/local/visitors/visitor.ts";

/** A visitor of a page that queues, whose waiting room answers each question for the place with this text. */
async function visitorAt(place: string): Promise<Visitor> {
  const visitor = new Visitor(1, "https://shop.example.com/tickets", {
    isQueueIt: (host) => host === "acme.queue-it.net",
    wait: () => Promise.resolve(),
    send: ({ url }) =>
      Promise.resolve(
        url.endsWith("/status")
          ? new Response(place)
          : url.startsWith("https://shop.")
            ? Response.redirect("https://acme.queue-it.net/place/1", 302)
            : new Response("You are in line."),
      ),
  });
  await visitor.go();
  return visitor;
}

describe("a visitor in line", () => {
  it.each(["<html>Queue-it is down for maintenance</html>", "{}", '{"ahead":"many","passed":false}', "null"])(
    "is lost where the waiting room answers %s",
    async (place) => {
      const { stage, why } = await visitorAt(place);
      expect([stage, why]).toEqual(["lost", expect.stringContaining("something else than a place")]);
    },
  );
});
