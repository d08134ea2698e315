import { beforeEach, describe, expect, it } from "vitest";
import { moduleWorker } from "../worker-sources.ts";
import { ACCOUNT, SCRIPTS, bareApi } from "./bare-api.ts";

const MIB = 1024 * 1024;
const NAMESPACES = `${ACCOUNT}/storage/kv/namespaces`;

/** Every call ends in bounded time and memory; the first of these held the process for minutes. */
describe("a body beyond any use is refused before it costs anything", () => {
  let api: ReturnType<typeof bareApi>;
  let values: string;

  beforeEach(async () => {
    api = bareApi();
    await api.account.putScript(moduleWorker(""));
    values = `${NAMESPACES}/${(await api.account.createNamespace("values")).id}`;
  });

  const send = async (method: string, path: string, body: string, contentType = "application/json") => {
    const response = await api.ask(method, path, body, { "content-type": contentType });
    const { errors } = (await response.json()) as { errors: { code: number; message: string }[] };
    return { status: response.status, code: errors[0]?.code, message: errors[0]?.message ?? "" };
  };
  const form = (names: readonly string[]) =>
    `${names.map((name) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nx\r\n`).join("")}--b--\r\n`;
  const sendForm = (names: readonly string[]) =>
    send("PATCH", `${SCRIPTS}/shop/settings`, form(names), "multipart/form-data; boundary=b");

  it("JSON of 5 MB where an object is enough", async () => {
    const body = JSON.stringify({ title: "x".repeat(5 * MIB) });
    expect(await send("POST", NAMESPACES, body)).toMatchObject({ status: 413, code: 10027 });
  });

  it.each([
    ["an array of half a million nulls", `[${"null,".repeat(500_000)}null]`],
    ["a hundred thousand brackets", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["a hundred thousand objects in each other", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`],
  ])("%s", async (_, body) => {
    for (const path of [`${values}/bulk`, `${SCRIPTS}/shop/schedules`, `${SCRIPTS}/shop/routes`]) {
      expect(await send("PUT", path, body), path).toMatchObject({ status: 400, code: 10026 });
    }
  });

  it("metadata of a key that is nested too deep", async () => {
    const metadata = `${"[".repeat(400)}${"]".repeat(400)}`;
    const body = `[{"key":"a","value":"x","metadata":${metadata}}]`;
    expect(await send("PUT", `${values}/bulk`, body)).toMatchObject({ status: 400, code: 10026 });
  });

  it("30 MB of numbers for a bulk write", async () => {
    const body = `[${"1,".repeat(15 * MIB)}1]`;
    expect(await send("PUT", `${values}/bulk`, body)).toMatchObject({ status: 400, code: 10026 });
  });

  it("names no more than a few of a body's problems", async () => {
    const { message } = await send("PUT", `${values}/bulk`, JSON.stringify(Array<number>(5000).fill(1)));
    expect(message).toMatch(/and 4995 more$/);
    expect(message.length).toBeLessThan(1000);
  });

  it.each([
    ["1,000 fields of one object", Array.from({ length: 1000 }, (_, index) => `settings[tags][k${index}]`)],
    ["9,000 elements of a list", Array<string>(9000).fill("settings[tags][]")],
  ])("a form with %s is read", async (_, names) => {
    expect(await sendForm(names)).toMatchObject({ status: 200 });
  });

  it.each([
    ["20,000 elements of a list", Array<string>(20_000).fill("settings[bindings][]")],
    ["9,000 bindings", Array<string>(9000).fill("settings[bindings][][name]")],
    ["a field nested a thousand deep", [`settings${"[a]".repeat(1000)}`]],
    ["a part whose headers have 10 kB", ["x".repeat(10_000)]],
  ])("a form with %s is refused", async (_, names) => {
    expect(await sendForm(names)).toMatchObject({ status: 400, code: 10026 });
  });

  it.each([
    ["without a name", "", 10052],
    ["that no object can have", "__proto__", 10021],
    ["of 256 characters", "x".repeat(256), 10021],
    ["with a line end", "a\nb", 10021],
  ])("a binding %s", async (_, name, code) => {
    const secret = { name, text: "x", type: "secret_text" };
    expect(await send("PUT", `${SCRIPTS}/shop/secrets`, JSON.stringify(secret))).toMatchObject({
      status: 400,
      code,
    });
  });

  it.each([
    ["POST", NAMESPACES, { title: "t".repeat(513) }],
    ["PUT", `${SCRIPTS}/shop/schedules`, Array(251).fill({ cron: "* * * * *" })],
    ["PUT", `${SCRIPTS}/shop/routes`, Array(1001).fill({ pattern: "a.example.com/*" })],
    ["POST", `${ACCOUNT}/secrets_store/stores`, { name: "n".repeat(256) }],
  ])("%s %s with more than Cloudflare takes", async (method, path, body) => {
    expect(await send(method, path, JSON.stringify(body))).toMatchObject({ status: 400, code: 10026 });
  });
});
