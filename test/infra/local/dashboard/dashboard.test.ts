import { describe, expect, it } from "vitest";
import { createDashboard, type Dashboard } from "../../../../infra/local/dashboard/dashboard.ts";
import type {
  DashboardCustomer,
  DashboardOptions,
  Delivery,
  FetchResult,
} from "../../../../infra/local/dashboard/options.ts";
import type { LocalQueueIt } from "../../../../infra/local/queue-it/local-queue-it.ts";
import { API_KEY, queueIt, SECRET_KEY } from "../queue-it/fixture.ts";
import { quietCrowd, quietOptions } from "./options.ts";

const ORIGIN = "http://localhost:8787";
const OWN_PAGE = { origin: ORIGIN, "sec-fetch-site": "same-origin" };

function preview(
  overrides: Partial<DashboardCustomer & Pick<DashboardOptions, "requests" | "decided">> = {},
): {
  readonly dashboard: Dashboard;
  readonly queueIt: LocalQueueIt;
} {
  const local = queueIt();
  return {
    queueIt: local.queueIt,
    dashboard: createDashboard({
      ...quietOptions(),
      customers: [{ ...customer(local.queueIt), ...overrides }],
      ...(overrides.requests && { requests: overrides.requests }),
      ...(overrides.decided && { decided: overrides.decided }),
    }),
  };
}

function customer(q: LocalQueueIt, customerId = "acme"): DashboardCustomer {
  return {
    customerId,
    queueIt: q,
    matching: "as-configured",
    deliveries: [{ environment: "staging", owner: "publish" }],
    steps: () => [{ title: "KV namespace", detail: "queueit-config", milliseconds: 12.4 }],
    links: () => [
      {
        site: "shop.example.com",
        label: "Tickets",
        url: "http://shop.example.com.localhost:8787/tickets",
        explains: `You queue at ${customerId}.`,
      },
    ],
    visitors: quietCrowd(),
    explain: ({ url }) => Promise.resolve(`Asked about ${url.href}`),
  };
}

function post(
  path: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = OWN_PAGE,
): Request {
  return new Request(`${ORIGIN}${path}`, { method: "POST", body: new URLSearchParams(fields), headers });
}

async function show(dashboard: Dashboard, path = "/"): Promise<string> {
  return (await dashboard.fetch(new Request(`${ORIGIN}${path}`))).text();
}

describe("the dashboard", () => {
  it("shows what was set up, with times", async () => {
    const page = await show(preview().dashboard, "/account");

    expect(page).toContain("KV namespace");
    expect(page).toContain("12 ms");
  });

  it("links to what can be tried, with what to expect", async () => {
    const page = await show(preview().dashboard);

    expect(page).toContain('href="http://shop.example.com.localhost:8787/tickets"');
    expect(page).toContain("You queue at acme.");
  });

  it("lists the newest requests first, and which went past the Worker", async () => {
    const { dashboard } = preview({
      requests: () => [
        {
          time: 0,
          method: "GET",
          url: "https://shop.example.com/first",
          route: "shop.example.com/*",
          worker: "connector",
          status: 302,
        },
        {
          time: 1,
          method: "GET",
          url: "https://shop.example.com/second",
          route: null,
          worker: null,
          status: 200,
        },
      ],
    });

    const rows = (await show(dashboard, "/requests")).split("<tbody")[1] ?? "";

    expect(rows.indexOf("/second")).toBeLessThan(rows.indexOf("/first"));
    expect(rows).toContain("past the Worker");
    expect(rows).toContain("connector");
  });

  it("says beside each request which action matched, and what was decided", async () => {
    const event = {
      ...{ time: 0, method: "GET", url: "https://shop.example.com/first", route: "shop.example.com/*" },
      ...{ worker: "connector", status: 302 },
    };
    const { dashboard } = preview({
      requests: () => [event],
      decided: (one) => (one === event ? "Sale <x9z> (Queue): always → 302" : undefined),
    });
    expect(await show(dashboard)).toContain("Sale &lt;x9z&gt; (Queue): always → 302");
  });

  it("explains a request at its real address, also where a local one was typed", async () => {
    const { dashboard } = preview();
    const explained = async (url: string) =>
      (await dashboard.fetch(post("/explain", { url, method: "GET", headers: "", body: "" }))).text();
    expect(await explained("http://shop.example.com.localhost:8787/tickets?a=1")).toContain(
      "Asked about https://shop.example.com/tickets?a=1",
    );
    expect(await explained("tickets")).toContain("Write the whole address");
  });

  it.each([
    ["a method", { method: "G T" }, "Write a method"],
    ["a header", { headers: "nonsense" }, "Write each header as"],
  ])("says what is wrong with %s of the request to explain", async (_what, fields, told) => {
    const answer = await preview().dashboard.fetch(
      post("/explain", { url: "https://shop.example.com/", method: "GET", headers: "", body: "", ...fields }),
    );
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(told)]);
  });

  it("changes the outflow", async () => {
    const { dashboard, queueIt: q } = preview();

    const answer = await dashboard.fetch(post("/outflow", { perMinute: "60" }));

    expect(answer.status).toBe(303);
    expect(q.getOutflow()).toBe(60);
  });

  it.each(["", "-1", "1.5", "121", "NaN", "1e9"])("refuses an outflow of %j", async (perMinute) => {
    const { dashboard, queueIt: q } = preview();

    expect((await dashboard.fetch(post("/outflow", { perMinute }))).status).toBe(422);
    expect(q.getOutflow()).toBe(20);
  });

  it("puts a crowd in every line", async () => {
    const { dashboard, queueIt: q } = preview();

    await dashboard.fetch(post("/crowd"));

    expect(q.getLines().map(({ length }) => length)).toEqual([20, 20, 20]);
  });

  it("warns of a configuration that it saved and that probably does not do what it says", async () => {
    const { dashboard } = preview();
    const save = async (json: object) =>
      dashboard.fetch(post("/configuration", { json: JSON.stringify(json) }));
    expect(await show(dashboard, "/configuration")).not.toContain("look at this");

    const action = { ActionType: "Quue", EventId: "<b>", Triggers: [] };
    expect((await save({ Version: 1, Integrations: [action] })).status).toBe(303);
    const page = await show(dashboard, "/configuration");
    expect(page).toContain("Integrations[0].ActionType is &quot;Quue&quot;");
    expect(page).toContain("did you mean Queue?");
  });

  it("saves a configuration with every character of it", async () => {
    const { dashboard, queueIt: q } = preview();

    await dashboard.fetch(
      post("/configuration", { json: '{"Version":1,"Description":"Grüße 🎟 </textarea>","Integrations":[]}' }),
    );

    expect(JSON.parse(q.getConfiguration())).toEqual({
      Version: 2,
      Description: "Grüße 🎟 </textarea>",
      Integrations: [],
    });
    expect(await show(dashboard, "/configuration")).toContain("Grüße 🎟 &lt;/textarea&gt;");
  });

  it("keeps what was typed when it cannot be saved, and says why", async () => {
    const { dashboard } = preview();

    const answer = await dashboard.fetch(
      post("/configuration", { json: '{"Version":1,"Integrations":[{"<b>":1}]}' }),
    );
    const page = await answer.text();

    expect(answer.status).toBe(422);
    expect(page).toContain("Integrations[0].Triggers: must be a list of triggers");
    expect(page).toContain("&lt;b&gt;");
    expect(page).not.toContain("<b>");
  });

  it("publishes, and shows what the Worker said", async () => {
    const { dashboard } = preview();

    await dashboard.fetch(post("/publish"));

    expect(await show(dashboard, "/configuration")).toMatch(/Success!<\/strong>\s*Version\s+1,/);
  });

  it("shows neither the secret key nor the API key", async () => {
    const { dashboard } = preview();
    await dashboard.fetch(post("/publish"));

    const page = await show(dashboard, "/configuration");

    expect(page).not.toContain(SECRET_KEY);
    expect(page).not.toContain(API_KEY);
  });

  it("escapes what a visitor asked for", async () => {
    const url = `https://shop.example.com/?'"<script>x9z`;
    const { dashboard } = preview({
      requests: () => [{ time: 0, method: "<x9z>", url, route: "<x9z>", worker: "<x9z>", status: 200 }],
    });

    const page = await show(dashboard, "/requests");

    expect(page).toContain("x9z");
    expect(page).not.toMatch(/<x9z|<script>x9z/);
  });
});

const VALID = '{"Version":1,"Integrations":[]}';

describe("the dashboard's editor", () => {
  it("answers a save where the editor is, good or bad, without a script", async () => {
    const { dashboard } = preview();

    expect(await show(dashboard, "/configuration")).toContain('action="/configuration#answer"');
    const saved = await dashboard.fetch(post("/configuration", { json: VALID }));
    expect(saved.headers.get("location")).toBe("/configuration?customer=acme&saved=2#answer");
    const page = await (
      await dashboard.fetch(new Request(`${ORIGIN}/configuration?customer=acme&saved=2`))
    ).text();
    expect(page).toContain("Saved as version 2.");
    expect(page.indexOf("Saved as version 2.")).toBeGreaterThan(page.indexOf("<textarea"));
  });

  it("claims no save that did not happen", async () => {
    const { dashboard } = preview();

    const page = await (
      await dashboard.fetch(new Request(`${ORIGIN}/configuration?customer=acme&saved=7`))
    ).text();

    expect(page).not.toContain("Saved as version");
  });

  it("does not save over what another page saved meanwhile, keeps the text, and takes it the second time", async () => {
    const { dashboard, queueIt: q } = preview();
    q.setConfiguration('{"Version":1,"Description":"theirs","Integrations":[]}');

    const mine = { json: '{"Version":1,"Description":"mine","Integrations":[]}' };
    const answer = await dashboard.fetch(post("/configuration", { ...mine, version: "1" }));

    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain("Version 2 was saved elsewhere");
    expect(page).toContain("&quot;mine&quot;");
    expect(q.getConfiguration()).toContain("theirs");
    const next = await dashboard.fetch(post("/configuration", { ...mine, version: "2" }));
    expect(next.status).toBe(303);
    expect(q.getConfiguration()).toContain("mine");
  });

  it("does not send the text again and again to a page that has it", async () => {
    const { dashboard } = preview();
    const ask = async (version: string) =>
      (
        await dashboard.fetch(new Request(`${ORIGIN}/configuration`, { headers: { "x-based-on": version } }))
      ).text();

    expect(await ask("1")).not.toContain("demotickets&quot;");
    expect(await ask("0")).toContain("demotickets&quot;");
  });
});

describe("what the dashboard says of publishing", () => {
  it("is not that everything is in order while the version that was saved is not published", async () => {
    const { dashboard, queueIt: q } = preview();
    await dashboard.fetch(post("/publish"));
    q.setConfiguration(VALID);

    const page = await show(dashboard, "/configuration");

    expect(page).not.toContain("Success!");
    expect(page).toContain("Version 2 is saved, but not published.");
    expect(page).toContain("The Worker has version 1.");
  });

  it.each([
    ["Fail!", 400, "the reason is in its log"],
    ["No deployed environment has an address that Queue-it's platform could publish to.", 502, "Deploy an"],
    ["<h1>shop</h1>", 200, "not the Worker’s own answer"],
  ])("is what to do when it fails: %s", async (answer, status, remedy) => {
    const local = queueIt({ publish: () => Promise.resolve(new Response(answer, { status })) });
    const { dashboard } = preview({ queueIt: local.queueIt });
    await dashboard.fetch(post("/publish"));

    const page = await show(dashboard, "/configuration");

    expect(page).toContain("Version 1 was not accepted");
    expect(page).toContain(remedy);
    expect(page).toContain("No version has been published yet.");
  });

  const pull = (problem?: string) => {
    let last: FetchResult | undefined;
    const fetchNow = () => Promise.resolve((last = { at: 0, version: 1, problem }));
    return {
      environment: "staging",
      owner: "pull",
      cron: "*/5 * * * *",
      fetchNow,
      lastFetch: () => last,
    } as const;
  };

  it.each<[Delivery, string]>([
    [pull(), "*/5 * * * *"],
    [{ environment: "staging", owner: "file" }, "edit that file"],
  ])("is how it gets there where nobody publishes: $0.owner", async (delivery, words) => {
    const { dashboard } = preview({ deliveries: [delivery] });

    const page = await show(dashboard, "/configuration");

    expect(page).toContain(words);
    expect(page).not.toContain("Publish now");
    expect(page).not.toContain("publish it afterwards");
  });

  it.each([
    [undefined, "The Worker has fetched version 1"],
    ["It was not accepted.", "The Worker has not fetched version 1"],
  ])("is what became of a fetch by hand: %s", async (problem, words) => {
    const { dashboard, queueIt: q } = preview({ deliveries: [pull(problem)] });
    const answer = await dashboard.fetch(post("/fetch", { environment: "staging" }));
    q.setConfiguration(VALID);

    const page = await show(dashboard, "/configuration");

    expect(answer.status).toBe(303);
    expect(page).toContain(words);
    expect(page).toContain(problem ?? "Version 2 was saved since.");
  });

  it("is nothing of a fetch for an environment that fetches nothing", async () => {
    const { dashboard } = preview();

    expect((await dashboard.fetch(post("/fetch", { environment: "staging" }))).status).toBe(404);
  });
});

describe("two customers in one account", () => {
  const both = () => {
    const [acme, globex] = [queueIt().queueIt, queueIt({ customerId: "globex" }).queueIt];
    const customers = [customer(acme), customer(globex, "globex")] as const;
    return {
      acme,
      globex,
      dashboard: createDashboard({ ...quietOptions(), customers }),
    };
  };

  it("are two tabs, each with its own", async () => {
    const { dashboard } = both();

    const page = await (await dashboard.fetch(new Request(`${ORIGIN}/?customer=globex`))).text();

    expect(page).toContain('href="/?customer=acme"');
    expect(page).toMatch(/href="\/\?customer=globex"\s+aria-current="page"/);
    expect(page).toContain("You queue at globex.");
    expect(page).not.toContain("You queue at acme.");
  });

  it("are changed one by one", async () => {
    const { acme, globex, dashboard } = both();

    await dashboard.fetch(post("/outflow", { customer: "globex", perMinute: "60" }));

    expect([acme.getOutflow(), globex.getOutflow()]).toEqual([20, 60]);
  });

  it.each(["/crowd", "/publish", "/configuration", "/outflow", "/fetch"])(
    "are never taken for one that is gone: %s",
    async (path) => {
      const { acme, dashboard } = both();

      const answer = await dashboard.fetch(post(path, { customer: "old", perMinute: "60", json: VALID }));

      expect(answer.status).toBe(404);
      expect([acme.getVersion(), acme.getOutflow(), acme.lastPublish()]).toEqual([1, 20, undefined]);
    },
  );
});

it("takes no change from a page of an earlier run of the server", async () => {
  const { dashboard, queueIt: q } = preview();

  const answer = await dashboard.fetch(post("/configuration", { run: "earlier", json: VALID }));

  expect(answer.status).toBe(409);
  expect(q.getVersion()).toBe(1);
});

describe("a change that the dashboard's own page did not ask for", () => {
  it.each([
    ["from a page of another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
    ["from the shop", { origin: "http://shop.example.com.localhost:8787", "sec-fetch-site": "same-site" }],
    ["from another port", { origin: "http://localhost:3000", "sec-fetch-site": "same-site" }],
    ["from a page without an origin", { origin: "null", "sec-fetch-site": "cross-site" }],
    ["from a page of another site in an older browser", { origin: "https://evil.example" }],
    ["by a link", { "sec-fetch-site": "none" }],
    ["from nobody knows where", {}],
  ])("is refused: %s", async (_, headers: Record<string, string>) => {
    const { dashboard, queueIt: q } = preview();
    const before = q.getConfiguration();

    const answers = await Promise.all([
      dashboard.fetch(post("/outflow", { perMinute: "60" }, headers)),
      dashboard.fetch(post("/crowd", {}, headers)),
      dashboard.fetch(post("/configuration", { json: '{"Version":1,"Integrations":[]}' }, headers)),
      dashboard.fetch(post("/publish", {}, headers)),
      dashboard.fetch(post("/line", { line: "pause" }, headers)),
      dashboard.fetch(post("/visitors", { count: "1", url: "https://shop.example.com/" }, headers)),
      dashboard.fetch(post("/visitors/hold", { hold: "yes" }, headers)),
      dashboard.fetch(post("/faults", { part: "kv", state: "down" }, headers)),
      dashboard.fetch(post("/faults/off", {}, headers)),
    ]);

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
    expect(await show(dashboard)).not.toContain("Faults are switched on");
    expect([q.getOutflow(), q.getConfiguration(), q.lastPublish()]).toEqual([20, before, undefined]);
    expect(q.getLines().every(({ length }) => length === 0)).toBe(true);
  });

  it("is allowed to an older browser that sends only the origin", async () => {
    const { dashboard } = preview();

    expect((await dashboard.fetch(post("/crowd", {}, { origin: ORIGIN }))).status).toBe(303);
  });

  it("cannot be read under a foreign name that leads to this machine", async () => {
    const { dashboard } = preview();

    expect((await dashboard.fetch(new Request("http://evil.example:8787/"))).status).toBe(403);
  });
});

describe("what the buttons of the dashboard do", () => {
  it("a fault is shown on every page while it is on, and one button ends all", async () => {
    const { dashboard } = preview();
    await dashboard.fetch(post("/faults", { part: "kv", state: "slow" }));
    await dashboard.fetch(post("/faults", { part: "origin", state: "down" }));
    for (const path of ["/", "/requests", "/configuration", "/account", "/log"]) {
      expect(await show(dashboard, path)).toMatch(/Faults are switched on:.*KV: slow; Origin: down\./s);
    }
    await dashboard.fetch(post("/faults/off"));
    expect(await show(dashboard)).not.toContain("Faults are switched on");
  });

  it.each([
    ["__proto__", "down"],
    ["kv", "melted"],
    ["queueIt", "slow"],
    ["", ""],
  ])("no fault is switched on that does not exist: %s %s", async (part, state) => {
    const { dashboard } = preview();
    expect((await dashboard.fetch(post("/faults", { part, state }))).status).toBe(422);
    expect(await show(dashboard)).not.toContain("Faults are switched on");
  });

  it("pausing the lines keeps the outflow for when they go on", async () => {
    const { dashboard, queueIt: q } = preview();
    await dashboard.fetch(post("/outflow", { perMinute: "60" }));
    await dashboard.fetch(post("/line", { line: "pause" }));
    expect([q.getOutflow(), (await show(dashboard)).includes("Nobody is let in.")]).toEqual([0, true]);
    await dashboard.fetch(post("/line", { line: "pause" }));
    await dashboard.fetch(post("/line", { line: "go" }));
    expect(q.getOutflow()).toBe(60);
  });

  it.each([
    ["0", "https://shop.example.com/"],
    ["1001", "https://shop.example.com/"],
    ["-1", "https://shop.example.com/"],
    ["1", "https://elsewhere.test/"],
    ["1", "https://notexample.com/"],
    ["1", "http://localhost:8787/publish"],
    ["1", "tickets"],
  ])("opens nobody for %s at %s", async (count, url) => {
    const { dashboard } = preview();
    const answer = await dashboard.fetch(post("/visitors", { count, url }));
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining("Nobody was opened")]);
  });

  it("opens visitors for a page of a site, under its local address, too", async () => {
    const visitors = quietCrowd();
    const { dashboard } = preview({ visitors });
    const url = "http://shop.example.com.localhost:8787/tickets";
    expect((await dashboard.fetch(post("/visitors", { count: "2", url }))).status).toBe(303);
    await expect.poll(() => visitors.counts.inside).toBeGreaterThan(0);
    expect(await show(dashboard)).toContain("The latest 2");
    await dashboard.fetch(post("/visitors/hold", { hold: "yes" }));
    expect(await show(dashboard)).toContain("Let the visitors go on");
    await dashboard.fetch(post("/visitors/hold", { hold: "home" }));
    expect(visitors.counts).toMatchObject({ opened: 2, arriving: 0, inside: 0 });
  });
});

describe("a configuration that is too large for an editor", () => {
  const many = Array.from({ length: 2200 }, (_, index) => ({
    Name: `sale ${index}`,
    ActionType: "Queue",
    EventId: `room${index}`,
    QueueDomain: "acme.queue-it.net",
    CookieValidityMinute: 20,
    Precise: 1,
    Triggers: [],
  }));
  const large = () => {
    const { dashboard, queueIt: q } = preview();
    const json = JSON.stringify({ Version: 1, Integrations: many }).replaceAll(
      '"Precise":1',
      '"Precise":1.0',
    );
    expect(q.setConfiguration(json)).toEqual({ ok: true, version: 2 });
    return { dashboard, q };
  };

  it("makes no page large", async () => {
    const { dashboard } = large();
    for (const path of ["/", "/requests", "/configuration", "/account", "/log"]) {
      expect((await show(dashboard, path)).length).toBeLessThan(60_000);
    }
  });

  it("is edited one action at a time, and keeps every other one to the letter", async () => {
    const { dashboard, q } = large();
    const before = q.getConfiguration();
    expect(await show(dashboard, "/configuration?find=SALE+2199")).toContain(
      "2200. sale 2199 · Queue · room2199",
    );
    expect(await show(dashboard, "/configuration?action=2199")).toContain("&quot;sale 2199&quot;");
    const json = JSON.stringify({ ...many[2199], Name: "renamed" });
    const answer = await dashboard.fetch(post("/configuration", { action: "2199", version: "2", json }));
    expect(answer.headers.get("location")).toBe("/configuration?customer=acme&saved=3&action=2199#answer");
    const first = (text: string) => text.slice(text.indexOf("Integrations"), text.indexOf('"sale 2199"'));
    expect(q.getConfiguration()).toContain('"Precise": 1.0');
    expect(q.getConfiguration().slice(q.getConfiguration().indexOf("Integrations"))).toMatch(/"renamed"/);
    expect(q.getConfiguration()).toContain(first(before));
  });

  it.each([
    ["2200", "{}", "There is no action 2201 any more"],
    ["0", "{", "This is not the JSON of an action"],
    ["0", '{"Triggers":1}', "Integrations[0]"],
  ])("keeps what is there where action %s becomes %s", async (action, json, told) => {
    const { dashboard, q } = large();
    const before = q.getConfiguration();
    const answer = await dashboard.fetch(post("/configuration", { action, json }));
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(told)]);
    expect(q.getConfiguration()).toBe(before);
  });

  it("says of thousands of problems the first few and how many there are", async () => {
    const { dashboard } = large();
    const json = JSON.stringify({
      Version: 1,
      Integrations: many.map((action) => ({ ...action, QueueDomain: 1 })),
    });
    const page = await (await dashboard.fetch(post("/configuration", { json }))).text();
    expect(page.match(/<li>Integrations\[\d+\]\.QueueDomain/g)?.length).toBe(30);
    expect(page).toContain("and 2,170 more");
  });

  it("goes out as a file, and comes in as one", async () => {
    const { dashboard, q } = large();
    const file = await dashboard.fetch(new Request(`${ORIGIN}/configuration.json`));
    expect(await file.text()).toBe(q.getConfiguration());
    expect(file.headers.get("content-disposition")).toBe(
      'attachment; filename="integration-configuration-acme-2.json"',
    );
    const form = new FormData();
    form.append("json", new File([VALID], "mine.json", { type: "application/json" }));
    const sent = new Request(`${ORIGIN}/configuration`, { method: "POST", body: form, headers: OWN_PAGE });
    expect((await dashboard.fetch(sent)).status).toBe(303);
    expect(JSON.parse(q.getConfiguration())).toEqual({ Version: 3, Integrations: [] });
  });
});
