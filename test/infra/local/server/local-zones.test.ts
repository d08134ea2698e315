import { describe, expect, it } from "vitest";
import { localZones } from "../../../../infra/local/server/local-zones.ts";

const ID = "fedcba9876543210fedcba9876543210";

describe("the zones of a preview", () => {
  it("have the name an environment gives", () => {
    const [zone] = localZones([{ zoneName: "example.com", hostname: "shop.example.com" }]);
    expect(zone?.name).toBe("example.com");
  });

  it("are as narrow as the only site when just the id is known", () => {
    expect(localZones([{ zoneId: ID, hostname: "shop.example.com" }])).toEqual([
      { id: ID, name: "shop.example.com" },
    ]);
  });

  it("hold every site that gives the same id", () => {
    const sites = [
      { zoneId: ID, hostname: "shop.example.com" },
      { zoneId: ID, hostname: "tickets.eu.example.com" },
    ];
    expect(localZones(sites)).toEqual([{ id: ID, name: "example.com" }]);
  });

  it("have an id of their own each when only names are known", () => {
    const zones = localZones([
      { zoneName: "example.com", hostname: "shop.example.com" },
      { zoneName: "example.org", hostname: "shop.example.org" },
    ]);
    expect(new Set(zones.map(({ id }) => id)).size).toBe(2);
  });
});
