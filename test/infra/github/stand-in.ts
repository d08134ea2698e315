import { type Context, Hono } from "hono";
import { listen } from "../../../infra/local/cloudflare/http/listen.ts";
import { sendResponse, toRequest } from "../../../infra/local/cloudflare/http/node-http.ts";
import { branchRoutes, labelRoutes } from "./stand-in-branches.ts";

export const TOKEN = "fake-github-token-of-a-test";
export const REPOSITORY = "acme/waiting-room";
export const BOT = "github-actions[bot]";

interface Comment {
  readonly id: number;
  readonly issue: number;
  body: string;
  readonly user: { readonly login: string } | null;
  updated_at: string;
}

/** One entry of a pull request's timeline: a label that somebody set. */
interface Labeled {
  readonly event: "labeled";
  readonly id: number;
  readonly issue: number;
  readonly actor: { readonly login: string };
  readonly label: { readonly name: string };
  readonly created_at: string;
}

export interface Issue {
  readonly number: number;
  title: string;
  body: string | null;
  state: "open" | "closed";
  state_reason: string | null;
  labels: { readonly name: string }[];
  readonly user: { readonly login: string };
  readonly pull_request?: { readonly url: string };
}

interface PullRequest {
  readonly number: number;
  /** @default closed where it was merged */
  readonly state?: "open" | "closed";
  readonly merged_at: string | null;
  readonly merge_commit_sha: string | null;
  readonly head: { readonly sha: string };
  readonly base: { readonly ref: string };
  labels: { readonly name: string }[];
  readonly user: { readonly login: string } | null;
  /** Commits that GitHub says it contains. */
  readonly commits: readonly string[];
}

type Failure = () => Response;

/** What the routes of this folder read and change. */
export type StandInState = Omit<StandIn, "apiUrl" | "close">;

/**
 * A GitHub of one repository, in memory: the calls that this project makes, answered as GitHub documents
 * them.
 */
export interface StandIn {
  readonly apiUrl: string;
  readonly comments: Comment[];
  readonly issues: Issue[];
  readonly pullRequests: PullRequest[];
  readonly timeline: Labeled[];
  /** What each person may do in the repository, in GitHub's words; who is not here is a stranger. */
  readonly permissions: Map<string, string>;
  /** Method and path of every call, in their order. */
  readonly calls: string[];
  /** Answers of the next calls, whatever they are. */
  readonly failures: Failure[];
  /** Whose token it is; undefined for a workflow's own, which may not ask. */
  login: string | undefined;
  /** What a token of a workflow lacks, as its job's permissions say. */
  readonly forbidden: Set<"comment" | "label">;
  /** The labels that the repository has. */
  readonly labels: Set<string>;
  /** The parents of each commit, the first being the one on the branch. */
  readonly parents: Map<string, readonly string[]>;
  /** What each branch of a merge queue is at, by its name. */
  readonly queue: Map<string, string>;
  /** Edits a comment as somebody who may write can do it: its author stays. */
  editComment(comment: Comment, body: string): void;
  /** Sets a label, a second after whatever happened last. */
  addLabel(name: string, login?: string, issue?: number): void;
  addComment(body: string, login?: string, issue?: number): Comment;
  addPullRequest(pullRequest: Partial<PullRequest>): PullRequest;
  close(): Promise<void>;
}

/** Starts one on a free port, below a path as GitHub Enterprise has it. */
export async function startGitHub(): Promise<StandIn> {
  let lastId = 100;
  let seconds = 0;
  const now = () => new Date(Date.UTC(2026, 10, 25) + ++seconds * 1000).toISOString().replace(".000Z", "Z");
  const state: StandInState = {
    comments: [],
    issues: [],
    pullRequests: [],
    timeline: [],
    permissions: new Map([["alice", "write"]]),
    editComment: (comment, body) => {
      comment.body = body;
      comment.updated_at = now();
    },
    addLabel: (name, login = "alice", issue = 7) => {
      state.pullRequests.find(({ number }) => number === issue)?.labels.push({ name });
      const id = ++lastId;
      state.timeline.push({
        event: "labeled",
        id,
        issue,
        actor: { login },
        label: { name },
        created_at: now(),
      });
    },
    calls: [],
    failures: [],
    login: undefined,
    forbidden: new Set(),
    labels: new Set(),
    parents: new Map(),
    queue: new Map(),
    addComment: (body, login = BOT, issue = 7) => {
      const comment = { id: ++lastId, issue, body, user: { login }, updated_at: now() };
      state.comments.push(comment);
      return comment;
    },
    addPullRequest: (given) => {
      const pullRequest = {
        number: 7,
        merged_at: null,
        merge_commit_sha: null,
        head: { sha: "a".repeat(40) },
        base: { ref: "main" },
        labels: [],
        user: { login: "bob" },
        commits: [],
        ...given,
      };
      state.pullRequests.push(pullRequest);
      return pullRequest;
    },
  };
  const app = routes(state, () => ++lastId, now);
  const listener = await listen(0, (incoming, outgoing, port) => {
    const request = toRequest(incoming, outgoing, `http://127.0.0.1:${port}${incoming.url ?? "/"}`);
    void Promise.resolve(app.fetch(request)).then((response) => sendResponse(response, outgoing));
  });
  return Object.assign(state, {
    apiUrl: `http://127.0.0.1:${listener.port}/api/v3`,
    close: () => listener.close(),
  });
}

function routes(state: StandInState, newId: () => number, now: () => string): Hono {
  const app = new Hono().basePath("/api/v3");
  const me = () => ({ login: state.login ?? BOT });
  const repository = `/repos/${REPOSITORY}`;

  app.use(async (c, next) => {
    const { pathname, search } = new URL(c.req.url);
    state.calls.push(`${c.req.method} ${pathname.replace("/api/v3", "")}${search}`);
    const failure = state.failures.shift();
    if (failure !== undefined) return failure();
    if (c.req.header("authorization") !== `Bearer ${TOKEN}`) return refused(401, "Bad credentials");
    await next();
    return undefined;
  });

  app.get("/user", (c) => {
    return state.login === undefined
      ? refused(403, "Resource not accessible by integration")
      : c.json({ login: state.login });
  });

  app.get(`${repository}/pulls/:number`, (c) => {
    const found = state.pullRequests.find(({ number }) => number === Number(c.req.param("number")));
    if (found === undefined) return refused(404, "Not Found");
    return c.json({ state: found.merged_at === null ? "open" : "closed", ...found });
  });
  app.get(`${repository}/commits/:sha/pulls`, (c) =>
    c.json(state.pullRequests.filter(({ commits }) => commits.includes(c.req.param("sha")))),
  );

  app.get(`${repository}/issues/:number/comments`, (c) =>
    paged(
      c,
      state.comments.filter(({ issue }) => issue === Number(c.req.param("number"))),
    ),
  );
  app.post(`${repository}/issues/:number/comments`, async (c) => {
    if (state.forbidden.has("comment")) return lacking("issues=write; pull_requests=write");
    const { body } = await c.req.json<{ body: string }>();
    if (body.length > 65_536) return refused(422, "Validation Failed");
    const comment = {
      id: newId(),
      issue: Number(c.req.param("number")),
      body,
      user: me(),
      updated_at: now(),
    };
    state.comments.push(comment);
    return c.json(comment, 201);
  });
  app.patch(`${repository}/issues/comments/:id`, async (c) => {
    const found = state.comments.find(({ id }) => id === Number(c.req.param("id")));
    if (found === undefined) return refused(404, "Not Found");
    state.editComment(found, (await c.req.json<{ body: string }>()).body);
    return c.json(found);
  });
  app.delete(`${repository}/issues/comments/:id`, (c) => {
    const index = state.comments.findIndex(({ id }) => id === Number(c.req.param("id")));
    if (index < 0) return refused(404, "Not Found");
    state.comments.splice(index, 1);
    return c.body(null, 204);
  });

  app.get(`${repository}/issues/:number/timeline`, (c) =>
    paged(c, [
      // Entries of other kinds are formed otherwise.
      { event: "committed", sha: "a".repeat(40) },
      ...state.timeline.filter(({ issue }) => issue === Number(c.req.param("number"))),
    ]),
  );
  app.get(`${repository}/collaborators/:login/permission`, (c) => {
    const permission = state.permissions.get(c.req.param("login"));
    return permission === undefined ? refused(404, "Not Found") : c.json({ permission });
  });

  labelRoutes(app, repository, state);
  branchRoutes(app, repository, state);
  app.delete(`${repository}/issues/:number/labels/:name`, (c) => {
    const found = state.pullRequests.find(({ number }) => number === Number(c.req.param("number")));
    const rest = found?.labels.filter(({ name }) => name !== c.req.param("name"));
    if (found === undefined || rest?.length === found.labels.length)
      return refused(404, "Label does not exist");
    found.labels = rest ?? [];
    return c.json(found.labels);
  });

  app.get(`${repository}/issues`, (c) => {
    const [wanted, labels] = [c.req.query("state") ?? "open", c.req.query("labels")?.split(",") ?? []];
    return paged(
      c,
      state.issues.filter(
        (issue) =>
          (wanted === "all" || issue.state === wanted) &&
          labels.every((label) => issue.labels.some(({ name }) => name === label)),
      ),
    );
  });
  app.post(`${repository}/issues`, async (c) => {
    const given = await c.req.json<{ title: string; body: string; labels: string[] }>();
    const issue: Issue = {
      number: newId(),
      title: given.title,
      body: given.body,
      state: "open",
      state_reason: null,
      // Without push access, labels are dropped silently.
      labels: state.forbidden.has("label") ? [] : given.labels.map((name) => ({ name })),
      user: me(),
    };
    state.issues.push(issue);
    return c.json(issue, 201);
  });
  app.patch(`${repository}/issues/:number`, async (c) => {
    const found = state.issues.find(({ number }) => number === Number(c.req.param("number")));
    if (found === undefined) return refused(404, "Not Found");
    Object.assign(found, await c.req.json<Partial<Issue>>());
    return c.json(found);
  });

  return app;
}

/** An error as GitHub words it. */
export function refused(status: number, message: string, headers: Record<string, string> = {}): Response {
  return Response.json({ message, documentation_url: "https://docs.github.com/rest" }, { status, headers });
}

function lacking(permissions: string): Response {
  return refused(403, "Resource not accessible by integration", {
    "x-accepted-github-permissions": permissions,
  });
}

/** One page, with the link to the next. */
function paged(c: Context, items: readonly unknown[]): Response {
  const size = Math.min(Number(c.req.query("per_page") ?? 30), 100);
  const page = Number(c.req.query("page") ?? 1);
  const next = new URL(c.req.url);
  next.searchParams.set("page", String(page + 1));
  const headers: Record<string, string> =
    page * size < items.length ? { link: `<${next.href}>; rel="next", <${next.href}>; rel="last"` } : {};
  return c.json(items.slice((page - 1) * size, page * size), 200, headers);
}
