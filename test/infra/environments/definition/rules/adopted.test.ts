import { describe, expect, it } from "vitest";
import { problemsOf } from "../../problems.ts";
import { SOUND } from "../../sound-environment.ts";

const ID = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

describe("what is to be taken over", () => {
  it("is a namespace, its configuration, a Worker and routes of the environment", () => {
    const adopted = {
      namespaceId: ID,
      configuration: true,
      worker: true,
      routes: [
        { pattern: "shop.tickets-and-more.dk/*", id: `${ID}/${ID}` },
        { pattern: "shop.tickets-and-more.dk/static/*", id: `${ID}/${ID}` },
      ],
    };
    expect(problemsOf({ ...SOUND, adopted })).toEqual([]);
  });

  it("has no route that the environment does not have", () => {
    const routes = [{ pattern: "blog.tickets-and-more.dk/*", id: `${ID}/${ID}` }];
    expect(problemsOf({ ...SOUND, adopted: { routes } })).toEqual([
      "error staging adopted.routes[0].pattern adopted-route-unknown",
    ]);
  });

  it("has no configuration of a namespace that is not taken over", () => {
    expect(problemsOf({ ...SOUND, adopted: { configuration: true } })).toEqual([
      "error staging adopted.configuration adopted-namespace-missing",
    ]);
  });

  it.each([
    [{ namespaceId: "queueit" }, "adopted.namespaceId namespace-id"],
    [{ routes: [{ pattern: "shop.tickets-and-more.dk/*", id: ID }] }, "adopted.routes[0].id route-id"],
    [{ zones: [] }, "adopted.zones unknown-property"],
  ])("is written as Cloudflare does: %j", (adopted, problem) => {
    expect(problemsOf({ ...SOUND, adopted })).toEqual([`error staging ${problem}`]);
  });
});

describe("the title of a namespace", () => {
  it("is any that Cloudflare takes", () => {
    expect(problemsOf({ ...SOUND, namespaceTitle: "Queue-it (köö) ${live}" })).toEqual([]);
  });

  it.each(["", " queue", "queue\n", "a\u200bb", "x".repeat(513)])("is not %j", (namespaceTitle) => {
    expect(problemsOf({ ...SOUND, namespaceTitle })).toEqual([
      "error staging namespaceTitle namespace-title",
    ]);
  });
});
