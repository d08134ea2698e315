import { describe, expect, it } from "vitest";
import { createManagementApi } from "../../../../../infra/local/cloudflare/api/management-api.ts";
import { DEMANDS, demandOf } from "../../../../../infra/local/cloudflare/api/permission-table.ts";
import { emptyAccount } from "./earlier-account.ts";

const { routes } = createManagementApi({
  account: emptyAccount(),
  token: "local-only-token-of-a-test",
  log: () => undefined,
});
const calls = routes.map(({ method, path }) => `${method} ${path}`);
const entries = DEMANDS.flatMap(({ methods, paths }) =>
  methods.flatMap((method) => paths.map((path) => `${method} ${path}`)),
);

describe("the table of permissions", () => {
  it("has an entry for every route", () => {
    expect(routes.filter(({ method, path }) => demandOf(method, path) === undefined)).toEqual([]);
  });

  it("has no entry for what is no route, and none twice", () => {
    expect(entries.filter((entry) => !calls.includes(entry))).toEqual([]);
    expect(entries.filter((entry, index) => entries.indexOf(entry) !== index)).toEqual([]);
  });

  it("lets nobody change anything by a permission to read", () => {
    const changing = DEMANDS.filter(
      ({ methods, paths }) => !methods.includes("GET") && !paths.some((path) => path.endsWith("/bulk/get")),
    );
    expect(changing.flatMap(({ any }) => any).filter((name) => name.endsWith("Read"))).toEqual([]);
    expect(changing.filter(({ any }) => any.length === 0)).toEqual([]);
  });
});
