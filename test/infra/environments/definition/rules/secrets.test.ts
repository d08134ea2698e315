import { describe, expect, it } from "vitest";
import { problemReport } from "../../../../../infra/environments/definition/report.ts";
import { validateEnvironments } from "../../../../../infra/environments/definition/validation.ts";
import { problemsOf } from "../../problems.ts";
import { SITE, SOUND } from "../../sound-environment.ts";

describe("secrets", () => {
  // Made up; two GUIDs in a row are the form of a real secret key.
  const key = "00000000-aaaa-bbbb-cccc-00000000fake".replace("fake", "0bad");
  const report = (environment: object) =>
    problemReport(validateEnvironments([{ name: "staging", environment }], () => undefined));

  it.each<[string, object]>([
    ["a property of its own", { secretKey: "fake-secret-key-9" }],
    ["a property among the settings", { queueIt: { customerId: "a", apiKey: "fake-secret-key-9" } }],
    ["a property of the secrets", { secrets: { strategy: "variables", secretKey: "fake-secret-key-9" } }],
    ["the customer id", { queueIt: { customerId: key } }],
    ["a place of any text", { workerName: key + key }],
    ["a place nobody knows", { notes: { deep: [{ er: key + key }] } }],
  ])("are refused as %s, without showing them", (_name, changes) => {
    const environment = { ...SOUND, ...changes };
    expect(problemsOf(environment).join("\n")).toContain("secret-in-environment");
    expect(report(environment)).not.toContain("fake-secret-key-9");
    expect(report(environment)).not.toContain(key);
  });

  it.each<[string, object]>([
    [
      "a name in the store",
      { secrets: { strategy: "secrets-store", storeId: "x", names: { secretKey: key } } },
    ],
    ["an address", { queueIt: { customerId: "a", directPass: { url: `https://u:${key}@a.dk` } } }],
    ["a route pattern", { sites: [{ ...SITE, protect: [`u:${key}@a.dk/*`] }] }],
    [
      "a new name",
      { worker: { source: "file", path: "w", format: "es-module", names: { QUEUEIT_API_KEY: key } } },
    ],
  ])("are not shown where they stand in place of %s", (_name, changes) => {
    expect(problemsOf({ ...SOUND, ...changes })).not.toEqual([]);
    expect(report({ ...SOUND, ...changes })).not.toContain(key);
  });

  it("are told once where two rules find them", () => {
    const environment = { ...SOUND, queueIt: { customerId: key + key } };
    expect(problemsOf(environment)).toEqual(["error staging queueIt.customerId secret-in-environment"]);
  });

  it("have each their own name in the store", () => {
    const secrets = {
      strategy: "secrets-store",
      storeId: "00112233445566778899aabbccddeeff",
      names: { secretKey: "SAME", apiKey: "SAME" },
    };
    expect(problemsOf({ ...SOUND, secrets })).toEqual(["error staging secrets.names.apiKey secret-shared"]);
  });

  it.each<[string, object, object]>([
    ["the API key's", { secretKey: "QUEUEIT_API_KEY" }, { integrationConfiguration: { owner: "pull" } }],
    ["the secret key's", { apiKey: "QUEUEIT_SECRET_KEY" }, {}],
  ])("have none that is %s where that one is not named", (_whose, names, changes) => {
    const storeId = "00112233445566778899aabbccddeeff";
    const environment = { ...SOUND, ...changes, secrets: { strategy: "secrets-store", storeId, names } };
    expect(problemsOf(environment)).toContain("error staging secrets.names.apiKey secret-shared");
  });

  it("may have the name of one that nothing needs", () => {
    const storeId = "00112233445566778899aabbccddeeff";
    const names = { secretKey: "QUEUEIT_API_KEY" };
    expect(problemsOf({ ...SOUND, secrets: { strategy: "secrets-store", storeId, names } })).toEqual([]);
  });

  it("are named when a feature needs them and others are named", () => {
    const secrets = {
      strategy: "secrets-store",
      storeId: "00112233445566778899aabbccddeeff",
      names: { secretKey: "MINE" },
    };
    const environment = { ...SOUND, secrets, integrationConfiguration: { owner: "pull" } };
    expect(problemsOf(environment)).toEqual(["warning staging secrets.names.apiKey secret-unnamed"]);
  });
});
