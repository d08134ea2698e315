import { describe, expect, it } from "vitest";
import { accountIdOf } from "../../../../infra/local/server/account-id.ts";
import { openAccount } from "../../../../infra/local/server/opened-account.ts";
import { stagingWith } from "./environments.ts";

const [A, B, C] = ["a", "b", "c"].map((letter) => letter.repeat(32)) as [string, string, string];

describe("the account's id", () => {
  it("is that of the environments, which is not to be contradicted", async () => {
    const environments = [await stagingWith({ accountId: A })];
    expect(accountIdOf(environments)).toBe(A);
    expect(accountIdOf(environments, { wanted: A, held: A })).toBe(A);
    expect(() => accountIdOf(environments, { wanted: B })).toThrow("Leave --account out");
    expect(() => accountIdOf(environments, { held: B })).toThrow("the environments are in aaaa");
  });

  it("is without any the one that is wanted or held, and otherwise the same in every run", () => {
    expect(accountIdOf([], { wanted: A })).toBe(A);
    expect(accountIdOf([], { held: B })).toBe(B);
    expect(() => accountIdOf([], { wanted: A, held: C })).toThrow("--account names aaaa");
    expect(accountIdOf([])).toMatch(/^[0-9a-f]{32}$/);
    expect(accountIdOf([])).toBe(accountIdOf([]));
  });
});

describe("an opened account", () => {
  it("has the environments' zones and those that are wanted, of which only the latter are its own", async () => {
    const environments = [await stagingWith({ accountId: A })];
    const name = "shop.staging.example.com";
    const zones = [
      { name, id: undefined },
      { name: "blog.example", id: C },
    ];
    const { account, ownZones } = await openAccount({ accountId: A, environments, zones });
    expect(account.zones.map((zone) => zone.name)).toEqual([name, "blog.example"]);
    expect(ownZones).toEqual([{ name: "blog.example", id: C }]);
    const contradicting = [{ name, id: B }];
    await expect(openAccount({ accountId: A, environments, zones: contradicting })).rejects.toThrow(
      "by the environments",
    );
  });

  it("has ids of zones that are the same in every run", async () => {
    const zones = [{ name: "shop.example", id: undefined }];
    const [first, second] = await Promise.all(
      [1, 2].map(() => openAccount({ accountId: A, environments: [], zones })),
    );
    expect(first?.account.zones).toEqual(second?.account.zones);
  });
});
