import { describe, expect, it } from "vitest";
import { API_KEY, get, queueIt } from "./fixture.ts";

const PULL = "/status/integrationconfig/secure/acme";

describe("the integration configuration endpoint", () => {
  it("gives the configuration to who has the API key", async () => {
    const { queueIt: q } = queueIt();

    const answer = await q.fetch(get(PULL, { "api-key": API_KEY }));

    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await answer.text()).toBe(q.getConfiguration());
  });

  it.each([
    ["no API key", PULL, {}, 401],
    ["another API key", PULL, { "api-key": `${API_KEY}x` }, 403],
    ["an empty API key", PULL, { "api-key": "" }, 403],
    ["another customer", "/status/integrationconfig/secure/other", { "api-key": API_KEY }, 404],
  ])("gives nothing for %s", async (_, path, headers: Record<string, string>, status) => {
    const answer = await queueIt().queueIt.fetch(get(path, headers));

    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toContain("Integrations");
  });
});

describe("a new integration configuration", () => {
  it("counts the version up, whatever version it names", () => {
    const { queueIt: q } = queueIt();

    const change = q.setConfiguration('{"Version":41,"Integrations":[]}');

    expect(change).toEqual({ ok: true, version: 2 });
    expect(JSON.parse(q.getConfiguration())).toEqual({ Version: 2, Integrations: [] });
  });

  it("is published with its numbers as they were written", () => {
    const { queueIt: q } = queueIt();

    q.setConfiguration('{"Version":1,"Integrations":[],"More":[9007199254740993,1.0]}');

    expect(q.getConfiguration().replaceAll(/\s/g, "")).toContain('"More":[9007199254740993,1.0]');
  });

  it.each([
    ["is not JSON", "{", /This is not JSON/],
    ["has a name twice", '{"Version":1,"Version":2}', /same name twice/],
    ["is nested without end", `{"More":${"[".repeat(20_000)}${"]".repeat(20_000)}}`, /levels deep/],
    [
      "has an action without a waiting room",
      '{"Version":1,"Integrations":[{"ActionType":"Queue","Triggers":[]}]}',
      /EventId/,
    ],
  ])("is refused with the reason when it %s, and the old one stays", (_, json, reason) => {
    const { queueIt: q } = queueIt();
    const before = q.getConfiguration();

    const change = q.setConfiguration(json);

    expect(change).toMatchObject({ ok: false });
    expect(change.ok ? "" : change.reasons.join("\n")).toMatch(reason);
    expect(q.getConfiguration()).toBe(before);
  });
});
