import { describe, expect, it } from "vitest";
import { z } from "zod";
import { githubClient } from "../../../infra/github/client.ts";
import { ownLogin } from "../../../infra/github/own-login.ts";
import { pauseAfter } from "../../../infra/github/pause.ts";
import { githubSettings } from "../../../infra/github/settings.ts";
import { connected } from "./connected.ts";
import { BOT, refused, REPOSITORY, startGitHub, TOKEN } from "./stand-in.ts";

const to = connected();
const user = z.object({ login: z.string() });
const comment = z.object({ id: z.int() });

function readUser() {
  to.standIn.login = "somebody";
  return to.github.send("GET", "/user", user);
}

function writeComment() {
  return to.github.send("POST", `${to.github.repository}/issues/7/comments`, comment, { body: "text" });
}

describe("a call to GitHub", () => {
  it("answers what its schema lets through", async () => {
    expect(await readUser()).toEqual({ login: "somebody" });
  });

  it("collects every page of a list", async () => {
    for (let count = 0; count < 250; count++) to.standIn.addComment("text");
    const all = await to.github.list(`${to.github.repository}/issues/7/comments`, comment);
    expect(new Set(all.map(({ id }) => id)).size).toBe(250);
    expect(to.standIn.calls.length).toBe(3);
  });

  it.each([
    ["gives the same page for ever", () => [{ id: 1 }], 2],
    ["gives empty pages for ever", () => [], 2],
    ["gives new items for ever", (call: number) => [{ id: call }], 100],
  ])("ends with a reason when a list %s", async (_name, page, calls) => {
    let call = 0;
    const next = { link: '<https://elsewhere.example.com/comments?page=2>; rel="next"' };
    for (let index = 0; index < 200; index++) {
      to.standIn.failures.push(() => Response.json(page(++call), { headers: next }));
    }
    const read = to.github.list(`${to.github.repository}/issues/7/comments`, comment);
    await expect(read).rejects.toMatchObject({ code: "github-endless" });
    // All of them came here: the address that the answers name never gets the token.
    expect(to.standIn.calls.length).toBe(calls);
  });

  it.each([500, 502, 503])("is made again after a %i, with growing pauses", async (status) => {
    to.standIn.failures.push(
      () => refused(status, "Oops"),
      () => refused(status, "Oops"),
    );
    await readUser();
    expect(to.pauses).toEqual([1000, 2000]);
  });

  it("waits as long as Retry-After says when there were too many", async () => {
    to.standIn.failures.push(
      () => refused(429, "Slow down", { "retry-after": "7" }),
      () => refused(403, "You have exceeded a secondary rate limit.", { "retry-after": "5" }),
    );
    await writeComment();
    expect(to.pauses).toEqual([7000, 5000]);
    expect(to.standIn.comments.length).toBe(1);
  });

  it("gives up at once when the pause would be too long, and says so", async () => {
    to.standIn.failures.push(() => refused(429, "Slow down", { "retry-after": "3600" }));
    await expect(readUser()).rejects.toMatchObject({ code: "github-rate-limit" });
    expect(to.pauses).toEqual([]);
  });

  it("gives up after four attempts", async () => {
    to.standIn.failures.push(...Array.from({ length: 9 }, () => () => refused(502, "Oops")));
    await expect(readUser()).rejects.toMatchObject({ code: "github-refused" });
    expect(to.standIn.calls.length).toBe(4);
  });

  it("that writes something is not made again after a 5xx: it may have been written", async () => {
    to.standIn.failures.push(() => refused(502, "Oops"));
    await expect(writeComment()).rejects.toMatchObject({ code: "github-refused" });
    expect(to.standIn.calls.length).toBe(1);
  });

  it("says which permission the token lacks", async () => {
    to.standIn.forbidden.add("comment");
    await expect(writeComment()).rejects.toThrow(
      "The token lacks a permission. Add `issues: write` or `pull-requests: write` under permissions of the job.",
    );
  });

  it("says what to look at when something is not there", async () => {
    await expect(to.github.send("GET", `${to.github.repository}/pulls/1`, user)).rejects.toThrow(
      "Check GITHUB_REPOSITORY",
    );
  });

  it("does not follow a redirect, which would turn a POST into a GET", async () => {
    to.standIn.failures.push(() => refused(301, "Moved Permanently", { location: "/elsewhere" }));
    await expect(writeComment()).rejects.toThrow("another name now");
    expect(to.standIn.calls.length).toBe(1);
  });

  it("refuses an answer that is not GitHub's", async () => {
    to.standIn.failures.push(() => new Response("<html>Please log in</html>"));
    await expect(readUser()).rejects.toMatchObject({ code: "github-answer" });
    to.standIn.failures.push(() => Response.json({ login: 12 }));
    await expect(readUser()).rejects.toThrow("look at login");
  });

  it("says so when nothing answers", async () => {
    const gone = await startGitHub();
    await gone.close();
    const settings = { apiUrl: gone.apiUrl, token: TOKEN, repository: REPOSITORY };
    const github = githubClient(settings, { pause: () => Promise.resolve() });
    await expect(github.send("GET", "/user", user)).rejects.toThrow(
      /^GitHub did not answer GET \/user at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/,
    );
  });

  it.each([401, 403, 404, 422, 429, 500])(
    "never shows the token, not even when a %i does",
    async (status) => {
      to.standIn.failures.push(...Array.from({ length: 4 }, () => () => refused(status, `Token ${TOKEN}?`)));
      const error: unknown = await readUser().catch((reason: unknown) => reason);
      expect(String(error)).toContain("(hidden)");
      expect(String(error) + JSON.stringify(error)).not.toContain(TOKEN);
    },
  );
});

describe("a pause before asking again", () => {
  const now = Date.parse("2026-11-24T12:00:00Z");
  const limited = (headers: Record<string, string>, status = 403) => ({
    status,
    headers: new Headers(headers),
    body: "",
  });

  it("lasts until the rate limit is reset", () => {
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(now / 1000 + 20) };
    expect(pauseAfter(limited(headers), false, 1, now)).toBe(20_000);
  });

  it("lasts until the date of Retry-After", () => {
    const headers = { "retry-after": "Tue, 24 Nov 2026 12:00:09 GMT" };
    expect(pauseAfter(limited(headers, 429), true, 1, now)).toBe(9000);
  });

  it("is long where GitHub does not say how long", () => {
    expect(pauseAfter(limited({}, 429), true, 1, now)).toBe(30_000);
    expect(pauseAfter(limited({ "retry-after": "soon" }, 429), true, 2, now)).toBe(60_000);
  });

  it("is of no use where the call itself is refused", () => {
    expect(pauseAfter(limited({ "x-ratelimit-remaining": "4999" }), true, 1, now)).toBeUndefined();
    expect(pauseAfter(limited({}, 422), true, 1, now)).toBeUndefined();
  });
});

describe("the login of a token", () => {
  it("is a person's where GitHub says so", async () => {
    to.standIn.login = "somebody";
    expect(await ownLogin(to.github, undefined)).toBe("somebody");
  });

  it("is the workflow's where the token may not ask", async () => {
    expect(await ownLogin(to.github, undefined)).toBe(BOT);
  });

  it("is not guessed when the call fails for another reason", async () => {
    to.standIn.failures.push(() => refused(401, "Bad credentials"));
    await expect(ownLogin(to.github, undefined)).rejects.toMatchObject({ code: "github-unauthorized" });
  });
});

describe("GitHub's settings", () => {
  const sound = { GITHUB_TOKEN: TOKEN, GITHUB_REPOSITORY: REPOSITORY };

  it("are github.com where nothing else is said", () => {
    expect(githubSettings(sound).apiUrl).toBe("https://api.github.com");
  });

  it("may be a GitHub Enterprise", () => {
    const settings = githubSettings({ ...sound, GITHUB_API_URL: "https://github.example.com/api/v3/" });
    expect(settings.apiUrl).toBe("https://github.example.com/api/v3");
  });

  it.each(["http://github.example.com/api/v3", "https://user:fake-password@github.example.com", "nonsense"])(
    "refuse to send a token to %s, without showing it",
    (url) => {
      const read = () => githubSettings({ ...sound, GITHUB_API_URL: url });
      expect(read).toThrow("GITHUB_API_URL");
      expect(read).not.toThrow("fake-password");
    },
  );

  it("refuse a token with a line break, which fetch would show in its error", () => {
    const read = () => githubSettings({ ...sound, GITHUB_TOKEN: `${TOKEN}\n` });
    expect(read).toThrow("contains a character that a token never has");
    expect(read).not.toThrow(TOKEN);
  });

  it("refuse a missing token or repository", () => {
    expect(() => githubSettings({ GITHUB_REPOSITORY: REPOSITORY })).toThrow("GITHUB_TOKEN is not set");
    expect(() => githubSettings({ GITHUB_TOKEN: TOKEN, GITHUB_REPOSITORY: "acme" })).toThrow("owner/name");
  });
});
