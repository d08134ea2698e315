import { createServer } from "node:http";
import type { CloudflareAccess } from "../../../infra/account/read-api.ts";

/** Answers by path, without its query: a status, or what the API gives as its result. */
export type FakeAnswers = Readonly<Record<string, unknown>>;

/** A management API that answers what no local Cloudflare would: other accounts, zones that are not active. */
export async function fakeCloudflare(answers: FakeAnswers, date?: string) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const [path = "", query = ""] = (request.url ?? "").split("?");
    asked.push(`${request.method ?? ""} ${path}`);
    const answer = answers[`${path}?${query}`] ?? answers[path] ?? 404;
    const status = typeof answer === "number" ? answer : 200;
    const body =
      typeof answer === "number"
        ? { success: false, errors: [{ code: 10000, message: "refused" }], result: null }
        : { success: true, errors: [], result: answer };
    response.writeHead(status, { ...(date !== undefined && { date }) }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port.");
  const access: CloudflareAccess = { baseUrl: `http://127.0.0.1:${address.port}`, token: "local-only-fake" };
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return { access, asked, close };
}
