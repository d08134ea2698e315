import { describe, expect, it } from "vitest";
import { publishTo } from "../../../../infra/local/server/customer.ts";

const CALL = new Request("https://first.example.com/", { method: "POST", body: "the call" });

/** Publishes to sites that answer with these statuses, and gives the answer and what each site got. */
async function publish(statuses: Readonly<Record<string, number>>) {
  const got: string[] = [];
  const send = async (request: Request): Promise<Response> => {
    got.push(`${request.method} ${request.url} ${await request.text()}`);
    return new Response(null, { status: statuses[request.url] ?? 404 });
  };
  const answer = await publishTo(() => Object.keys(statuses), send)(CALL.clone());
  return { status: answer.status, got };
}

describe("publishing to several environments", () => {
  it("sends the same call to each", async () => {
    const { status, got } = await publish({ "https://a.example.com/": 200, "https://b.example.com/": 200 });
    expect(got).toEqual(["POST https://a.example.com/ the call", "POST https://b.example.com/ the call"]);
    expect(status).toBe(200);
  });

  it("answers with the first refusal", async () => {
    const { status } = await publish({ "https://a.example.com/": 400, "https://b.example.com/": 200 });
    expect(status).toBe(400);
  });

  it("says so when nothing is deployed", async () => {
    expect((await publish({})).status).toBe(502);
  });
});
