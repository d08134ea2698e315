import { once } from "node:events";
import { Agent, request } from "node:http";
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

  it("answers a second request of a connection whose first one was refused before it was read", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const post = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const path = "/client/v4/accounts/0123456789abcdef0123456789abcdef/storage/kv/namespaces";
        const asking = request({ agent, port: api.port, host: "127.0.0.1", method: "POST", path, headers });
        asking.once("error", reject);
        asking.once("response", (answer) => {
          answer.resume().once("end", () => {
            resolve(answer.statusCode);
          });
        });
        asking.end(Buffer.alloc(3 * 1024 * 1024, "x"));
      });
    expect(await post({})).toBe(400);
    // It took until the connection ended, and then failed.
    expect(await post({ authorization: `Bearer ${TOKEN}` })).toBe(400);
    expect(await post({ authorization: "Bearer another" })).toBe(403);
    agent.destroy();
  });

  it("ends a connection whose body does not end after it was refused", async () => {
    const client = connect(api.port, "127.0.0.1");
    const ended = new Promise((resolve) => client.once("close", resolve));
    client.on("error", () => undefined);
    client.write(
      `POST /client/v4/user HTTP/1.1\r\nHost: 127.0.0.1:${api.port}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = Buffer.from(`1000000\r\n${"x".repeat(0x1000000)}\r\n`);
    // As fast as it is taken, for ever.
    const more = () => {
      while (!client.destroyed && client.write(chunk));
    };
    client.on("drain", more);
    more();
    await ended;
    expect(client.destroyed).toBe(true);
  });
});
