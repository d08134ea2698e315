import { expect, it } from "vitest";
import { prove } from "../../../infra/switch/prove.ts";

it.each([
  ["in another spelling", "Shop.Example.com/*", "proved"],
  ["that nobody can read", "shop.*.example.com/*", "unknown"],
])("says of every route what was proved: one %s", async (_name, pattern, outcome) => {
  const proved = await prove({
    ...{ patterns: [pattern], hostnames: [], wanted: "site", patienceMs: 0 },
    routes: [{ id: "1", zoneId: "z", pattern, script: undefined }],
    reach: { get: () => Promise.resolve({ status: 200, headers: new Headers(), location: null, body: "" }) },
  });
  expect(proved).toMatchObject([{ pattern, outcome }]);
});
