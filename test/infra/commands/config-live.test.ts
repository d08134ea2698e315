import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newFolder } from "../../support/new-folder.ts";
import { queueToken } from "../../worker/support/tokens.ts";
import { World } from "../deploy/world.ts";
import { type Ran, runIn } from "./cli.ts";

let world: World;
let folder: string;
beforeAll(async () => {
  world = await World.start();
  await world.deploy(world.staging);
  folder = await newFolder();
});
afterAll(() => world.close());

const config = (...args: readonly string[]): Promise<Ran> =>
  runIn({ ...world.server.variables, PATH: process.env["PATH"] }, "config", ...args);
const configWithout = (name: string, ...args: readonly string[]): Promise<Ran> =>
  runIn({ ...world.server.variables, [name]: "", PATH: process.env["PATH"] }, "config", ...args);

const PAGE = "https://shop.staging.example.com/tickets";
const oneLine = (text: string) => text.replaceAll(/\s+/g, " ");

describe("queueit-cf config, with a deployed environment", () => {
  it.each([
    ["kv", "KV of staging: version 1"],
    ["status", "the Worker of staging, asked at https://shop.staging.example.com/tickets: version 1"],
    ["queue-it", "Queue-it's platform, customer acme: version 1"],
  ])("shows what is live at %s", async (place, head) => {
    const { code, stdout } = await config("show", "staging", "--from", place);
    expect([code, oneLine(stdout)]).toEqual([0, expect.stringContaining(head)]);
    expect(stdout).toMatch(/Ticket pages +Queue +demotickets/);
  });

  it("finds no difference between KV, the Worker and Queue-it", async () => {
    for (const other of ["status:staging", "queue-it"]) {
      const { code, stdout } = await config("diff", "kv:staging", other);
      expect([code, stdout]).toEqual([0, expect.stringContaining("No action differs.")]);
    }
  });

  it("explains a request by what is live, and checks a token with the secret key", async () => {
    const token = queueToken({ room: "demotickets" }, world.secretKey);
    const asked = `${PAGE}?queueittoken=${token}`;
    const { stdout } = await config("explain", asked);
    expect(oneLine(stdout)).toContain("302 to the same page without its token, with a session cookie");
    expect(stdout).not.toContain(token);
    const unchecked = await configWithout("TF_VAR_queueit_secret_key", "explain", asked);
    expect(oneLine(unchecked.stdout)).toContain("not checked without the secret key");
    const forged = await config(
      "explain",
      `${PAGE}?queueittoken=${queueToken({ room: "demotickets" }, "other")}`,
    );
    expect(oneLine(forged.stdout)).toContain("its signature is wrong");
  });

  it("says that it does not know what is live without any credentials, and names the route all the same", async () => {
    const { code, stdout } = await runIn({}, "config", "explain", PAGE);
    expect([code, oneLine(stdout)]).toEqual([
      0,
      expect.stringMatching(/protected by .*not known: Queue-it owns/),
    ]);
  });

  it("says what is wrong with the API key", async () => {
    const { code, stderr } = await runIn(
      { ...world.server.variables, TF_VAR_queueit_api_key: "another-fake-key" },
      ...["config", "show", "staging", "--from", "queue-it"],
    );
    expect([code, stderr]).toEqual([1, expect.stringContaining("does not accept the API key")]);
    expect(stderr).not.toContain("another-fake-key");
  });
});

describe("the dashboard of the local server", () => {
  const dashboard = async () => (await fetch(world.server.dashboardUrl)).text();

  it("says of each request which action matched and why, and what was decided", async () => {
    await world.reach.get(PAGE);
    await expect.poll(dashboard).toContain("302 to the waiting room demotickets");
    expect(await dashboard()).toContain("Ticket pages (Queue): the ");
  });

  it("explains a request by the configuration in KV and the routes of the account", async () => {
    const answer = await fetch(`${world.server.dashboardUrl}explain`, {
      method: "POST",
      headers: { origin: new URL(world.server.dashboardUrl).origin, "sec-fetch-site": "same-origin" },
      body: new URLSearchParams({ url: PAGE, method: "GET", headers: "", body: "", customer: "acme" }),
    });
    expect(await answer.text()).toMatch(
      /protected by shop\.staging\.example\.com.*302 to the waiting room demotickets/s,
    );
  });
});

describe("queueit-cf config pull and push", () => {
  const edit = async (path: string, from: string, to: string) => {
    const text = await readFile(path, "utf8");
    expect(text).toContain(from);
    await writeFile(path, text.replaceAll(from, to));
  };

  it("pulls a file, refuses to overwrite an edited one, and pushes it after a look at the change", async () => {
    const path = join(folder, "staging.json");
    expect(await config("pull", "staging", "--out", path)).toMatchObject({ code: 0 });
    expect(await config("pull", "staging", "--out", path)).toMatchObject({ code: 0 });
    await edit(path, '"Ticket pages"', '"Tickets"');
    const again = await config("pull", "staging", "--out", path);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("file-exists")]);

    const asked = await config("push", path, "staging");
    expect([asked.code, oneLine(asked.stdout)]).toEqual([
      1,
      expect.stringMatching(
        /Action Ticket pages is now called Tickets .*next publish in its GO platform overwrites/,
      ),
    ]);
    expect(asked.stderr).toContain("was not confirmed");
    expect(await config("push", path, "staging", "--yes")).toMatchObject({ code: 0 });
    expect((await config("diff", path, "status:staging")).code).toBe(0);
    expect(JSON.parse(await world.kv.read())).toMatchObject({ Version: 1 });
    expect((await config("push", path, "staging", "--yes")).stdout).toContain("nothing was pushed");
  });

  it("refuses a push where something else is live than the file was pulled from", async () => {
    const path = join(folder, "late.json");
    await config("pull", "staging", "--out", path);
    await edit(path, '"Tickets"', '"Later"');
    const before = await world.kv.read();
    await world.kv.write(before.replace('"Tickets"', '"Somebody else"'));
    const other = await config("push", path, "staging", "--yes");
    expect([other.code, other.stderr]).toEqual([
      1,
      expect.stringContaining("another configuration of the same version"),
    ]);
    await world.kv.write(
      before.replace('"Version":1', '"Version":2').replace('"Version": 1', '"Version": 2'),
    );
    const newer = await config("push", path, "staging", "--yes");
    expect([newer.code, newer.stderr]).toEqual([1, expect.stringContaining("version 2 is live now")]);
    await world.kv.write(before);
    expect(await config("push", path, "staging", "--yes")).toMatchObject({ code: 0 });
  });

  it("refuses a push of what the Worker would refuse, before anything is asked", async () => {
    const path = join(folder, "broken.json");
    await writeFile(path, '{"Version":1,"Integrations":[{}]}');
    const { code, stderr } = await config("push", path, "staging", "--yes");
    expect([code, stderr]).toEqual([1, expect.stringContaining("configuration-invalid")]);
  });

  it("says who has the history where Queue-it owns the configuration", async () => {
    const { code, stderr } = await config("history", "staging");
    expect([code, stderr]).toEqual([1, expect.stringContaining("GO platform has the earlier versions")]);
  });
});
