import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { Agent } from "undici";
import { siteBypasses, USUAL_BYPASSES } from "../../../infra/init/site-bypasses.ts";
import { reachThrough } from "../../../infra/verify/reach.ts";

const HOST = "shop.tickets-and-more.dk";
const REAL = `https://${HOST}`;
const PAGE = '<script src="/tam-cdn/a.js"></script><img src="/images/a.png"><a href="/tickets">Tickets</a>';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A site that answers this, looked at as a site on the internet would be. */
async function lookedAt(answer: RequestListener) {
  server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`;
  const reach = reachThrough(
    new Agent(),
    (url) => url.replace(REAL, origin),
    (url) => url.replace(origin, REAL),
  );
  try {
    return await siteBypasses(HOST, reach);
  } finally {
    await reach.close();
  }
}

/** The site's page at these paths, and 404 everywhere else. */
function pages(...paths: readonly string[]): RequestListener {
  return ({ url = "" }, outgoing) => {
    const isPage = paths.includes(url) || paths.includes("*");
    outgoing.writeHead(isPage ? 200 : 404, { "content-type": "text/html; charset=utf-8" }).end(PAGE);
  };
}

describe("what may skip the Worker", () => {
  it("is what the site's first page loads its static files from", async () => {
    expect((await lookedAt(pages("/"))).entries).toEqual(["/tam-cdn/*", "/images/*"]);
  });

  it("is found behind redirects on the same host", async () => {
    const { entries } = await lookedAt((incoming, outgoing) => {
      if (incoming.url === "/") outgoing.writeHead(302, { location: "/en/" }).end();
      else pages("/en/")(incoming, outgoing);
    });
    expect(entries).toEqual(["/tam-cdn/*", "/images/*"]);
  });

  it("is no folder that is a page itself", async () => {
    expect((await lookedAt(pages("/", "/images/"))).entries).toEqual(["/tam-cdn/*"]);
  });

  it("is a folder whose name nobody gives a page, although the server lists its files", async () => {
    const { entries } = await lookedAt(({ url }, outgoing) => {
      outgoing.writeHead(url === "/" || url === "/static/" ? 200 : 404, { "content-type": "text/html" });
      outgoing.end('<script src="/static/a.js"></script>');
    });
    expect(entries).toEqual(["/static/*"]);
  });

  it("has usual names only where the site has a page for every address", async () => {
    expect((await lookedAt(pages("*"))).entries).toEqual(["/images/*"]);
  });

  it.each<[string, RequestListener, string]>([
    ["an error", (_, outgoing) => outgoing.writeHead(503).end(), "answered 503"],
    [
      "another site",
      (_, outgoing) => outgoing.writeHead(302, { location: "https://acme.queue-it.net/" }).end(),
      "another site",
    ],
    [
      "another port",
      (_, outgoing) => outgoing.writeHead(302, { location: `${REAL}:8443/` }).end(),
      "another site",
    ],
    ["a circle", (_, outgoing) => outgoing.writeHead(302, { location: "/" }).end(), "without end"],
    [
      "something else than a page",
      (_, outgoing) => outgoing.writeHead(200, { "content-type": "text/plain" }).end(PAGE),
      "not an HTML page",
    ],
    [
      "a broken address to go on to",
      (_, outgoing) => outgoing.writeHead(302, { location: "https://[" }).end(),
      "did not answer",
    ],
    ["nothing", (incoming) => incoming.socket.destroy(), "did not answer"],
  ])("is the usual where the site answers with %s, and the reason is said", async (_, answer, because) => {
    const { entries, because: said } = await lookedAt(answer);
    expect([entries, said]).toEqual([USUAL_BYPASSES, expect.stringContaining(because)]);
  });

  it("is found in a page without an end", async () => {
    const { entries } = await lookedAt((incoming, outgoing) => {
      if (incoming.url !== "/") {
        pages()(incoming, outgoing);
        return;
      }
      outgoing.writeHead(200, { "content-type": "text/html" }).write(PAGE);
      const more = () => {
        while (!outgoing.destroyed && outgoing.write("<p>more</p>".repeat(10_000)));
        if (!outgoing.destroyed) outgoing.once("drain", more);
      };
      more();
    });
    expect(entries).toEqual(["/tam-cdn/*", "/images/*"]);
  });
});
