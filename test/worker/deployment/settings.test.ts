import { describe, expect, it } from "vitest";
import { failureModeOf, readSettings } from "../../../worker/deployment/settings.ts";
import { CUSTOMER, SECRET } from "../support/tokens.ts";

const MINIMUM = { QUEUEIT_CUSTOMER_ID: CUSTOMER, QUEUEIT_SECRET_KEY: SECRET };

describe("settings", () => {
  it("need the customer id and the secret key only", async () => {
    const { settings, problems } = await readSettings(MINIMUM);
    expect(problems).toEqual([]);
    expect(settings).toEqual({
      customerId: CUSTOMER,
      secretKey: SECRET,
      apiKey: undefined,
      enqueueToken: undefined,
      clientIpHeader: "cf-connecting-ip",
      requestBodyLimit: 2048,
      matching: "as-configured",
      preflights: "pass",
      prefetches: "refuse",
      allowedOrigins: [],
      owner: "publish",
      failureMode: "open",
      bundle: undefined,
      chained: false,
      configurationTtlMs: 60_000,
      verifyActionUrl: undefined,
      directPass: undefined,
    });
  });

  it.each([
    ["QUEUEIT_CUSTOMER_ID", "customer-id-missing"],
    ["QUEUEIT_SECRET_KEY", "secret-key-missing"],
  ])("fail with a reason when %s is missing", async (name, reason) => {
    await expect(readSettings({ ...MINIMUM, [name]: undefined })).rejects.toMatchObject({ reason });
    await expect(readSettings({ ...MINIMUM, [name]: "  " })).rejects.toMatchObject({ reason });
  });

  it("take a secret from a Secrets Store binding", async () => {
    const binding = { get: () => Promise.resolve(SECRET) };
    const { settings } = await readSettings({ ...MINIMUM, QUEUEIT_SECRET_KEY: binding });
    expect(settings.secretKey).toBe(SECRET);
  });

  it("fail when the Secrets Store does, without repeating what it says", async () => {
    const binding = { get: () => Promise.reject(new Error(`no ${SECRET}`)) };
    const attempt = readSettings({ ...MINIMUM, QUEUEIT_SECRET_KEY: binding });
    await expect(attempt).rejects.toMatchObject({ reason: "secret-unreadable" });
    await expect(attempt).rejects.not.toThrow(SECRET);
  });

  it.each([
    ["QUEUEIT_CONFIG_TTL", "soon", "QUEUEIT_CONFIG_TTL must be a whole number from 1 to 86400; 60 is used"],
    ["QUEUEIT_CONFIG_TTL", "0", "QUEUEIT_CONFIG_TTL must be a whole number from 1 to 86400; 60 is used"],
    [
      "QUEUEIT_REQUEST_BODY_LIMIT",
      "1e9",
      "QUEUEIT_REQUEST_BODY_LIMIT must be a whole number from 0 to 2048; 2048 is used",
    ],
    [
      "QUEUEIT_MATCHING",
      "on",
      "QUEUEIT_MATCHING must be one of as-configured, normalized; as-configured is used",
    ],
    [
      "QUEUEIT_CONFIG_OWNER",
      "me",
      "QUEUEIT_CONFIG_OWNER must be one of publish, pull, file; publish is used",
    ],
    ["QUEUEIT_PREFLIGHTS", "no", "QUEUEIT_PREFLIGHTS must be one of pass, queue; pass is used"],
    ["QUEUEIT_PREFETCHES", "pass", "QUEUEIT_PREFETCHES must be one of refuse, queue; refuse is used"],
    ["QUEUEIT_FAILURE_MODE", "ajar", "QUEUEIT_FAILURE_MODE must be one of open, closed; open is used"],
    ["QUEUEIT_ENQT_ENABLED", "yes", "QUEUEIT_ENQT_ENABLED must be one of true, false; false is used"],
    [
      "QUEUEIT_VERIFY_ACTION_URL",
      "http://plain.example",
      "QUEUEIT_VERIFY_ACTION_URL must be an address that begins with https://; it is not used",
    ],
  ])("name a bad %s and use its default", async (name, value, problem) => {
    const { problems, settings } = await readSettings({ ...MINIMUM, [name]: value });
    expect(problems).toEqual([problem]);
    expect(settings).toEqual((await readSettings(MINIMUM)).settings);
  });

  it.each([true, 30, null, {}])("name what is not a text and use its default: %j", async (value) => {
    const { problems, settings } = await readSettings({ ...MINIMUM, QUEUEIT_CONFIG_TTL: value });
    expect(problems).toEqual(["QUEUEIT_CONFIG_TTL must be a text; it is not used"]);
    expect(settings).toEqual((await readSettings(MINIMUM)).settings);
  });

  it.each(["", " \n"])(
    "do not give a secret that the Secrets Store has without content: %j",
    async (content) => {
      const contents = [content, "fake-api-key"];
      const store = { get: () => Promise.resolve(contents.shift()) };
      const { settings } = await readSettings({ ...MINIMUM, QUEUEIT_API_KEY: store });
      await expect(settings.apiKey?.()).rejects.toMatchObject({ reason: "secret-unreadable" });
      expect(await settings.apiKey?.()).toBe("fake-api-key");
    },
  );

  it("read the features that are switched on", async () => {
    const { settings } = await readSettings({
      ...MINIMUM,
      QUEUEIT_ENQT_ENABLED: "true",
      QUEUEIT_ENQT_VALIDITY_TIME: "60000",
      QUEUEIT_ENQT_KEY_ENABLED: "true",
      QUEUEIT_DIRECT_PASS_URL: "https://pass.example/{customerId}",
      QUEUEIT_DIRECT_PASS_TIMEOUT: "900",
      QUEUEIT_DIRECT_PASS_KEY: "fake-proxy-key",
      QUEUEIT_CONFIG_OWNER: "pull",
      QUEUEIT_CONFIG_TTL: "30",
    });
    expect(settings.enqueueToken).toEqual({ validityMs: 60_000, withKey: true });
    expect(settings.directPass).toMatchObject({ url: "https://pass.example/{customerId}", timeoutMs: 900 });
    expect(await settings.directPass?.proxyKey?.()).toBe("fake-proxy-key");
    expect(settings.owner).toBe("pull");
    expect(settings.configurationTtlMs).toBe(30_000);
  });

  it("take origins as browsers write them, and others than those not at all", async () => {
    const allowed = async (text: string) => readSettings({ ...MINIMUM, QUEUEIT_ALLOWED_ORIGINS: text });
    const sound = await allowed(" https://WWW.shop.example http://localhost:3000 capacitor://localhost\n");
    expect(sound.problems).toEqual([]);
    expect(sound.settings.allowedOrigins).toEqual([
      "https://www.shop.example",
      "http://localhost:3000",
      "capacitor://localhost",
    ]);
    const mixed = await allowed("null https://app.example *");
    expect(mixed.problems).toHaveLength(1);
    expect(mixed.settings.allowedOrigins).toEqual(["https://app.example"]);
  });

  it.each(["*", "null", "shop.example", "https://*.shop.example", "https://shop.example/path", ","])(
    "do not take %s for an origin",
    async (text) => {
      const { settings, problems } = await readSettings({ ...MINIMUM, QUEUEIT_ALLOWED_ORIGINS: text });
      expect(settings.allowedOrigins).toEqual([]);
      expect(problems).toEqual([
        "QUEUEIT_ALLOWED_ORIGINS must be origins such as https://shop.example; others are not used",
      ]);
    },
  );

  it("take no origin where there is none", async () => {
    const { settings, problems } = await readSettings({ ...MINIMUM, QUEUEIT_ALLOWED_ORIGINS: " " });
    expect({ ...settings, problems }).toMatchObject({ allowedOrigins: [], problems: [] });
  });

  it("say how to fail even when nothing else can be read", () => {
    expect(failureModeOf({ QUEUEIT_FAILURE_MODE: "closed" })).toBe("closed");
    expect(failureModeOf({ QUEUEIT_FAILURE_MODE: " Closed\n" })).toBe("closed");
    expect(failureModeOf({})).toBe("open");
    expect(failureModeOf({ QUEUEIT_FAILURE_MODE: 7 })).toBe("open");
  });
});
