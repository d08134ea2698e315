import { describe, expect, it } from "vitest";
import { problemsOfAll } from "../../problems.ts";
import { SITE, SOUND } from "../../sound-environment.ts";

describe("two environments", () => {
  const other = {
    ...SOUND,
    workerName: "another",
    sites: [{ ...SITE, hostname: "other.tickets-and-more.dk" }],
  };
  const both = (a: object, b: object) =>
    problemsOfAll([
      { name: "a", environment: { ...SOUND, ...a } },
      { name: "b", environment: { ...other, ...b } },
    ]);

  it("may share an account", () => {
    expect(both({}, {})).toEqual([]);
  });

  it("never share a Worker in one account", () => {
    expect(both({}, { workerName: SOUND.workerName })).toEqual(["error b workerName worker-name-shared"]);
    expect(both({}, { workerName: SOUND.workerName, accountId: "6".repeat(31) + "7" })).toEqual([]);
  });

  it("never share a KV namespace in one account", () => {
    const title = "queueit-a-integration-config";
    expect(both({}, { namespaceTitle: title })).toEqual(["error b namespaceTitle namespace-title-shared"]);
    expect(both({}, { namespaceTitle: title, accountId: "6".repeat(31) + "7" })).toEqual([]);
  });

  it("never share a route in one account", () => {
    expect(both({}, { sites: SOUND.sites })).toEqual([
      "error b sites[0].bypass[0] route-duplicate",
      "error b sites[0].protect[0] route-duplicate",
    ]);
    expect(both({}, { sites: SOUND.sites, accountId: "6".repeat(31) + "7" })).toEqual([]);
  });

  it.each<[string, object, object, string]>([
    ["local file", { type: "local", path: "a.tfstate" }, { type: "local", path: "./a.tfstate" }, "path"],
    ["local file by default", { type: "local", path: "terraform.b.tfstate" }, { type: "local" }, "path"],
    ["R2 object", { type: "r2", bucket: "abc", key: "k" }, { type: "r2", bucket: "abc", key: "k" }, "key"],
    [
      "S3 object",
      { type: "s3", region: "eu-west-1", bucket: "abc", key: "k" },
      { type: "s3", region: "eu-west-2", bucket: "abc", key: "k" },
      "key",
    ],
    [
      "HCP workspace",
      { type: "hcp", organization: "o", workspace: "w" },
      { type: "hcp", organization: "o", workspace: "w", hostname: "app.terraform.io" },
      "workspace",
    ],
  ])("never share a state: %s", (_name, a, b, property) => {
    expect(both({ backend: a }, { backend: b })).toEqual([`error b backend.${property} state-shared`]);
  });

  it("keep the states of one bucket apart by their names", () => {
    const backend = { type: "r2", bucket: "abc" };
    expect(both({ backend }, { backend })).toEqual([]);
  });

  it("are not said to share a state while one of the two is malformed", () => {
    const a = { backend: { type: "local", path: "terraform.b.tfstate" } };
    expect(both(a, { backend: { type: "local", path: "/b" } })).toEqual(["error b backend.path file-path"]);
  });

  it("are not blamed for a circle that they are not in", () => {
    const sites = [{ ...SITE, hostname: "third.tickets-and-more.dk" }];
    const environments = [
      { name: "a", environment: { ...SOUND, promotedFrom: "b" } },
      { name: "b", environment: { ...other, promotedFrom: "a" } },
      { name: "c", environment: { ...SOUND, workerName: "third", sites, promotedFrom: "a" } },
    ];
    expect(problemsOfAll(environments).map((problem) => problem.split(" ")[1])).toEqual(["a", "b"]);
  });

  it("are not promoted in a circle", () => {
    expect(both({ promotedFrom: "b" }, { promotedFrom: "a" })).toEqual([
      "error a promotedFrom promotion-cycle",
      "error b promotedFrom promotion-cycle",
    ]);
  });
});
