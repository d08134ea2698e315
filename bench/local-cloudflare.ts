/**
 * Measures the local Cloudflare and prints JSON: `node --import ./infra/typescript.mjs
 * bench/local-cloudflare.ts`. KV writes go through the management API over HTTP, one request each; times are
 * milliseconds, memory is MB.
 */
import { readFileSync } from "node:fs";
import { Pool } from "undici";
import { LocalAccount } from "../infra/local/cloudflare/account/account.ts";
import { startManagementApi } from "../infra/local/cloudflare/api/server.ts";
import { startRuntime } from "../infra/local/cloudflare/runtime/runtime.ts";

const ACCOUNT_ID = "0123456789abcdef0123456789abcdef";
const ZONE = { id: "fedcba9876543210fedcba9876543210", name: "example.com" };
const TOKEN = "local-only-token-of-a-benchmark";
const WRITES = 1000;
const AT_ONCE = 16;
const REQUESTS = 300;

async function measure(scripts: number, routes: number) {
  const account = new LocalAccount(ACCOUNT_ID);
  account.addZone(ZONE);
  const { id } = await account.createNamespace("measured");
  for (let index = 0; index < scripts; index += 1) {
    await account.putScript({
      name: `shop-${index}`,
      mainModule: "worker.mjs",
      content: 'export default { fetch: () => new Response("hello") };',
      format: "es-module",
      compatibilityDate: "2026-04-01",
      compatibilityFlags: [],
      bindings: [],
    });
  }
  for (let index = 0; index < routes; index += 1) {
    await account.createRoute(ZONE.id, `shop-${index}.example.com/*`, `shop-${index % scripts}`);
  }
  const start = performance.now();
  const runtime = await startRuntime({
    account,
    outbound: () => Promise.resolve(new Response(null, { status: 502 })),
    log: () => undefined,
  });
  const startMs = performance.now() - start;
  const api = await startManagementApi({ account, token: TOKEN, port: 0, log: console.error });
  const { origin, pathname } = new URL(api.baseUrl);
  // The platform's own fetch would take longer than the server that is measured.
  const client = new Pool(origin, { connections: AT_ONCE });
  const values = `${pathname}/accounts/${ACCOUNT_ID}/storage/kv/namespaces/${id}/values`;
  const headers = { authorization: `Bearer ${TOKEN}` };
  const write = async (index: number) => {
    const path = `${values}/key-${index}`;
    const { statusCode, body } = await client.request({
      method: "PUT",
      path,
      headers,
      body: `value ${index}`,
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(text);
  };
  const writesMs = await timed(async () => {
    const queue = Array.from({ length: WRITES }, (_, index) => index);
    const work = async () => {
      for (let index = queue.pop(); index !== undefined; index = queue.pop()) await write(index);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  });
  const times: number[] = [];
  for (let index = 0; index < REQUESTS; index += 1) {
    times.push(
      await timed(async () => {
        await (await runtime.dispatch("shop-0", new Request("https://shop-0.example.com/"))).text();
      }),
    );
  }
  times.sort((a, b) => a - b);
  const memory = { node: Math.round(process.memoryUsage().rss / 1e6), workerd: workerdMemory() };
  await client.destroy();
  await api.close();
  await runtime.dispose();
  return {
    scripts,
    routes,
    startMs: Math.round(startMs),
    kvWrites: WRITES,
    kvWritesMs: Math.round(writesMs),
    requestMedianMs: Number((times[REQUESTS / 2] ?? 0).toFixed(2)),
    memoryMb: memory,
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Memory of this process's workerd children, where the system tells (Linux). */
function workerdMemory(): number | null {
  try {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8")
      .trim()
      .split(" ");
    const kilobytes = children.map((pid) => {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      return status.includes("workerd") ? Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) : 0;
    });
    return Math.round(kilobytes.reduce((sum, size) => sum + size, 0) / 1e3);
  } catch {
    return null;
  }
}

console.log(JSON.stringify([await measure(1, 1), await measure(200, 500)], null, 2));
