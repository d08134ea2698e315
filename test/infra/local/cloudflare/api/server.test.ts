import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type RunningManagementApi,
  startManagementApi,
} from "../../../../../infra/local/cloudflare/api/server.ts";
import { emptyAccount } from "./earlier-account.ts";

const TOKEN = "local-only-token-of-a-test";

describe("the management API over HTTP", () => {
  let api: RunningManagementApi;

  beforeAll(async () => {
    api = await startManagementApi({
      account: emptyAccount(),
      token: TOKEN,
      port: 0,
      log: () => undefined,
    });
  });
  afterAll(() => api.close());

  /** What is answered to a request that is sent as it is, until the connection ends. */
  const exchange = async (...lines: readonly string[]): Promise<string> => {
    const client = connect(api.port, "127.0.0.1");
    client.write([...lines, `Host: 127.0.0.1:${api.port}`, "Connection: close", "", ""].join("\r\n"));
    let answer = "";
    for await (const chunk of client) answer += String(chunk);
    return answer;
  };

  it.each(["TRACE", "PROPFIND"])("answers %s, which no client sends, in its envelope", async (method) => {
    const answer = await exchange(`${method} /client/v4/user HTTP/1.1`, `Authorization: Bearer ${TOKEN}`);
    expect(answer).toMatch(/^HTTP\/1\.1 405 [\s\S]*"code":7001/);
  });

  it("answers 413 while a body without a length is still under way", async () => {
    const client = connect(api.port, "127.0.0.1");
    const path = "/client/v4/accounts/0123456789abcdef0123456789abcdef/storage/kv/namespaces";
    client.write(
      [
        `POST ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${api.port}`,
        `Authorization: Bearer ${TOKEN}`,
        "Transfer-Encoding: chunked",
        "",
        "",
      ].join("\r\n"),
    );
    const chunk = `100000\r\n${"x".repeat(0x100000)}\r\n`;
    for (let sent = 0; sent < 6; sent += 1) client.write(chunk);
    const [answer] = (await once(client, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
    client.destroy();
  });
});
