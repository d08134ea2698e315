import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type CheckResult, checkSixSteps } from "../../../../infra/local/preview/six-steps.ts";

type Site = (request: IncomingMessage, response: ServerResponse) => void;

let close: () => void = () => undefined;
afterEach(() => {
  close();
});

/** Checks a site that answers like this at every address. */
async function check(site: Site): Promise<readonly CheckResult[]> {
  const server = createServer(site).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  close = () => server.close();
  const { port } = server.address() as AddressInfo;
  const results: CheckResult[] = [];
  const steps = checkSixSteps({
    pageUrl: "https://shop.example.com/tickets",
    waitingRoomHost: "acme.queue-it.net",
    otherPages: [],
    ignoredUrls: [],
    bypassedUrls: [],
    localUrl: (url) => url.replace(/^https:\/\/([^/]+)/, `http://$1.localhost:${port}`),
    patience: 0,
  });
  for await (const result of steps) results.push(result);
  return results;
}

const redirect = (location: string, headers: Record<string, string> = {}): Site => {
  return (request, response) => {
    const port = request.headers.host?.split(":")[1] ?? "";
    response.writeHead(302, {
      location: location.replace("PORT", port),
      "x-queueit-connector": "cloudflare",
      ...headers,
    });
    response.end();
  };
};
const last = (results: readonly CheckResult[]) => results.at(-1);

describe("a check", () => {
  it("ends at the first step that fails", async () => {
    const results = await check((_request, response) => response.end("hello"));
    expect(results.map(({ outcome }) => outcome)).toEqual(["failed"]);
  });

  it("tells when the Worker never saw the request", async () => {
    const results = await check((_request, response) => response.end("hello"));
    expect(last(results)?.detail).toContain("protected routes");
  });

  it("tells when the Worker failed open", async () => {
    const results = await check(redirect("http://x/", { "x-queueit-failed": "true" }));
    expect(last(results)?.detail).toContain("failed open");
  });

  it("tells when a visitor is sent somewhere else than to the waiting room", async () => {
    const results = await check(redirect("http://evil.localhost:PORT/?e=room"));
    expect(last(results)?.detail).toMatch(
      /leads to evil\.localhost:\d+, not to acme\.queue-it\.net\.localhost/,
    );
  });

  it("tells when the waiting room would send the visitor to another page", async () => {
    const results = await check(
      redirect("http://acme.queue-it.net.localhost:PORT/?e=room&t=https%3A%2F%2Felse"),
    );
    expect(last(results)?.detail).toContain("https://else");
  });

  it("gives up waiting when its patience ends", async () => {
    const target = encodeURIComponent("https://shop.example.com/tickets");
    const results = await check(redirect(`http://acme.queue-it.net.localhost:PORT/?e=room&t=${target}`));
    expect(last(results)).toMatchObject({ step: "3 The visitor waits", outcome: "failed" });
  });
});
