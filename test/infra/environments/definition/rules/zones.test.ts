import { describe, expect, it } from "vitest";
import { problemsOf } from "../../problems.ts";
import { SITE, SOUND } from "../../sound-environment.ts";

describe("a site", () => {
  const site = (changes: object) => problemsOf({ ...SOUND, sites: [{ ...SITE, ...changes }] });

  it("has one zone", () => {
    const { zoneId, ...withoutZone } = SITE as { zoneId: string; hostname: string };
    expect(problemsOf({ ...SOUND, sites: [withoutZone] })).toEqual(["error staging sites[0] zone-missing"]);
    expect(site({ zoneId, zoneName: "tickets-and-more.dk" })).toEqual(["error staging sites[0] zone-twice"]);
  });

  it("has a zone id of its own, which is neither the account's nor that of another domain", () => {
    expect(site({ zoneId: SOUND.accountId })).toEqual([
      "error staging sites[0].zoneId zone-id-is-account-id",
    ]);
    expect(problemsOf({ ...SOUND, sites: [SITE, { ...SITE, hostname: "shop.other.dk" }] })).toEqual([
      "error staging sites[1].zoneId zone-of-another-site",
    ]);
  });

  it("has a hostname inside its zone, not one that only ends alike", () => {
    const named = { hostname: "notickets.dk", zoneName: "tickets.dk" };
    expect(problemsOf({ ...SOUND, sites: [named] })).toEqual([
      "error staging sites[0].hostname hostname-outside-zone",
    ]);
  });
});
