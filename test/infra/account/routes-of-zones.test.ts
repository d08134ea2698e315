import { afterAll, beforeAll, expect, it } from "vitest";
import { zoneRoutes } from "../../../infra/account/routes-of-zones.ts";
import { listen } from "../../../infra/local/cloudflare/http/listen.ts";
import { type RunningApi, startApi, TOKEN } from "../local/cloudflare/api/running-api.ts";

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const access = (token = TOKEN) => ({ baseUrl: api.baseUrl, token });

it("lists the routes of a zone, by its id or its name", async () => {
  const [zone] = api.account.zones;
  if (zone === undefined) throw new Error("The account has no zone.");
  const { id, pattern } = await api.account.createRoute(zone.id, `${zone.name}/by-hand/*`, undefined);
  const expected = expect.arrayContaining([{ id, pattern, script: undefined }]);
  expect(await zoneRoutes({ id: zone.id }, access())).toEqual(expected);
  expect(await zoneRoutes({ name: zone.name }, access())).toEqual(expected);
});

it("names the permission that a token lacks, and never the token", async () => {
  const error: unknown = await zoneRoutes({ id: "0".repeat(32) }, access("fake-other-token")).catch(
    (reason: unknown) => reason,
  );
  expect(String(error)).toContain("Workers Routes · Read");
  expect(String(error)).not.toContain("fake-other-token");
});

it("says which zone the token does not see", async () => {
  await expect(zoneRoutes({ name: "elsewhere.example" }, access())).rejects.toThrow("elsewhere.example");
});

it.each([
  ["no JSON", "<html>Sign in</html>"],
  ["JSON of another form", '{"result":"none"}'],
  ["JSON nested 20,000 levels deep", "[".repeat(20_000) + "]".repeat(20_000)],
])("says what to look at when the answer is %s", async (_name, body) => {
  const server = await listen(0, (_incoming, outgoing) => outgoing.end(body));
  const access = { baseUrl: `http://127.0.0.1:${server.port}`, token: "fake-token-of-a-test" };
  await expect(zoneRoutes({ id: "0".repeat(32) }, access)).rejects.toMatchObject({
    code: "cloudflare-refused",
  });
  await server.close();
});
