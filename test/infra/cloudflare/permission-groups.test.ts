import { describe, expect, it } from "vitest";
import {
  dashboardName,
  findPermission,
  includes,
  PERMISSION_GROUPS,
  permissionGroup,
} from "../../../infra/cloudflare/permission-groups.ts";

describe("a permission", () => {
  it.each([
    ["Workers Scripts Write", "Account · Workers Scripts · Edit"],
    ["Workers Routes Read", "Zone · Workers Routes · Read"],
    ["Zone Read", "Zone · Zone · Read"],
    ["API Tokens Write", "User · API Tokens · Edit"],
  ] as const)("%s is in the dashboard %s", (name, expected) => {
    expect(dashboardName(permissionGroup(name))).toBe(expected);
  });

  it.each([
    "Workers Scripts Write",
    "workers scripts edit",
    "Workers Scripts:Edit",
    "Account · Workers Scripts · Edit",
    "Account > Workers Scripts > Edit",
  ])("is found as %s", (text) => {
    expect(findPermission(text)?.name).toBe("Workers Scripts Write");
  });

  it.each(["", "Workers", "Workers Scripts", "Everything"])("is not found as %s", (text) => {
    expect(findPermission(text)).toBeUndefined();
  });

  it("has a name and an id that no other has, and is found by its own", () => {
    for (const key of ["name", "id"] as const) {
      expect(new Set(PERMISSION_GROUPS.map((group) => group[key])).size).toBe(PERMISSION_GROUPS.length);
    }
    for (const group of PERMISSION_GROUPS) {
      expect(group.id).toMatch(/^[0-9a-f]{32}$/);
      expect([findPermission(group.name), findPermission(dashboardName(group))]).toEqual([group, group]);
    }
  });

  it("to change includes the one to read, and not the other way round", () => {
    expect(includes("Workers Routes Write", "Workers Routes Read")).toBe(true);
    expect(includes("Workers Routes Read", "Workers Routes Write")).toBe(false);
    expect(includes("Workers Scripts Write", "Workers Routes Read")).toBe(false);
  });
});
