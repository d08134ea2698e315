import { z } from "zod";
import { UserError } from "../errors/user-error.ts";
import { ANY_ANSWER, type GitHub } from "./client.ts";
import { beginsWith, fitting, publicReport, sameText } from "./comment-text.ts";

/** The label of every drift issue. */
const LABEL = "queueit-drift";

const issue = z.object({
  number: z.int(),
  title: z.string(),
  state: z.enum(["open", "closed"]),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullable(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().optional() })])),
  pull_request: z.unknown().optional(),
});

type Issue = z.infer<typeof issue>;

/** What became of the issue; `none` when there is no drift and there was no issue. */
export type IssueOutcome = "opened" | "updated" | "unchanged" | "reopened" | "closed" | "none";

/** The first line of the issue's text, which no reader sees. */
export function driftMarker(environment: string): string {
  return `<!-- queueit-cf drift ${environment} -->`;
}

/**
 * Keeps the one issue of an environment's drift: opens it, updates it, opens it again when drift comes back.
 *
 * @param report What drifted, in Markdown.
 */
export async function reportDrift(
  github: GitHub,
  environment: string,
  author: string,
  report: string,
): Promise<IssueOutcome> {
  const marker = driftMarker(environment);
  const shown = publicReport(report, github.withoutSecrets);
  const body = fitting(beginsWith(marker, shown) ? shown : `${marker}\n${shown}`);
  const [kept, ...surplus] = await ownIssues(github, environment, author);
  for (const other of surplus) await close(github, other, "not_planned");
  if (kept === undefined) {
    await open(github, environment, body);
    return "opened";
  }
  const path = `${github.repository}/issues/${kept.number}`;
  if (kept.state === "closed") {
    await github.send("PATCH", path, ANY_ANSWER, { state: "open", title: titleOf(environment), body });
    // An edited text notifies nobody.
    await comment(github, kept, "There is drift again: see the text above.");
    return "reopened";
  }
  // Whoever may write can edit both; a title that says that everything is in order would be believed.
  if (sameText(kept.body ?? "", body) && kept.title === titleOf(environment)) return "unchanged";
  await github.send("PATCH", path, ANY_ANSWER, { title: titleOf(environment), body });
  return "updated";
}

/** Closes the environment's issue: nothing drifts any more. */
export async function resolveDrift(
  github: GitHub,
  environment: string,
  author: string,
): Promise<IssueOutcome> {
  const opened = (await ownIssues(github, environment, author)).filter(({ state }) => state === "open");
  for (const one of opened) {
    await comment(github, one, "There is no longer any drift.");
    await close(github, one, "completed");
  }
  return opened.length === 0 ? "none" : "closed";
}

/** Ours, of this environment: the open ones first, and of those the oldest; then the one closed last. */
async function ownIssues(github: GitHub, environment: string, author: string): Promise<readonly Issue[]> {
  const path = `${github.repository}/issues?state=all&labels=${LABEL}`;
  const own = (await github.list(path, issue)).filter(
    ({ user, body, pull_request }) =>
      user?.login === author &&
      pull_request === undefined &&
      beginsWith(driftMarker(environment), body ?? ""),
  );
  const opened = own.filter(({ state }) => state === "open").sort((a, b) => a.number - b.number);
  const closed = own.filter(({ state }) => state === "closed").sort((a, b) => b.number - a.number);
  return opened.length === 0 ? closed.slice(0, 1) : opened;
}

async function open(github: GitHub, environment: string, body: string): Promise<void> {
  const opened = await github.send("POST", `${github.repository}/issues`, issue, {
    title: titleOf(environment),
    body,
    labels: [LABEL],
  });
  const names = opened.labels.map((label) => (typeof label === "string" ? label : label.name));
  if (names.includes(LABEL)) return;
  // GitHub drops labels without a word; the issue would not be found again, and written anew every time.
  await close(github, opened, "not_planned");
  throw new UserError(
    "github-label",
    `GitHub opened issue ${opened.number} without its label ${LABEL}, so it was closed again: the next ` +
      "run would not find it. Give the token write access to the repository's issues.",
  );
}

function titleOf(environment: string): string {
  return `Drift in ${environment}`;
}

async function close(github: GitHub, { number }: Issue, reason: "completed" | "not_planned"): Promise<void> {
  const body = { state: "closed", state_reason: reason };
  await github.send("PATCH", `${github.repository}/issues/${number}`, ANY_ANSWER, body);
}

async function comment(github: GitHub, { number }: Issue, body: string): Promise<void> {
  await github.send("POST", `${github.repository}/issues/${number}/comments`, ANY_ANSWER, { body });
}
