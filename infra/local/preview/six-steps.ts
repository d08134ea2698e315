import { type Answer, Visitor } from "./visitor.ts";
import { parsedUrl } from "../../url/parsed-url.ts";

/** What the flow is tried on. */
export interface TriedPage {
  /** Real URL of a page that leads to a waiting room. */
  readonly pageUrl: string;
  /** Host of the waiting room. */
  readonly waitingRoomHost: string;
  /** Real URLs of other pages that lead to a waiting room. */
  readonly otherPages: readonly string[];
  /** Real URLs that the environment promises to be left alone. */
  readonly ignoredUrls: readonly string[];
  /** Real URLs on bypass routes, or promised to be. */
  readonly bypassedUrls: readonly string[];
  /** How a real URL is reached on this machine. */
  readonly localUrl: (realUrl: string) => string;
  /**
   * Milliseconds to wait in the waiting room before giving up.
   * @default 60000
   */
  readonly patience?: number;
}

export interface CheckResult {
  readonly step: string;
  /** `skipped`: it could not be tried, so nobody knows; why is in the detail. */
  readonly outcome: "passed" | "failed" | "skipped";
  /** What was seen, what is wrong and where to look, or why it was not tried. */
  readonly detail: string;
  readonly milliseconds: number;
}

/**
 * Walks the six steps of Queue-it's flow by HTTP as a visitor would, then tries what must not work. Yields
 * one result for each step and ends after the first that fails.
 */
export async function* checkSixSteps(target: TriedPage): AsyncGenerator<CheckResult> {
  const visitor = new Visitor();
  const flow = new Flow(target, visitor);
  const steps: readonly (readonly [step: string, run: () => string | Promise<string>])[] = [
    ["1 A visitor requests a page", () => flow.requestPage()],
    ["2 No session: redirected to the waiting room", () => flow.followToWaitingRoom()],
    ["3 The visitor waits", () => flow.wait()],
    ["4 Back on the site with a token", () => flow.comeBack()],
    ["5 Token validated, cookie issued, token stripped", () => flow.checkSession()],
    ["6 Later pages need only the cookie", () => flow.browse()],
    ["  A forged token is refused", () => flow.forgeToken()],
    ["  All other pages lead to a waiting room", () => flow.requestOtherPages()],
    ["  An ignored page is left alone", () => flow.requestIgnored()],
    ["  A bypass route never reaches the Worker", () => flow.requestBypassed()],
  ];
  try {
    for (const [step, run] of steps) {
      const started = performance.now();
      const tried = await outcomeOf(run);
      yield { step, ...tried, milliseconds: performance.now() - started };
      if (tried.outcome === "failed") return;
    }
  } finally {
    await visitor.close();
  }
}

async function outcomeOf(
  run: () => string | Promise<string>,
): Promise<Pick<CheckResult, "outcome" | "detail">> {
  try {
    return { outcome: "passed", detail: await run() };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { outcome: error instanceof NotTried ? "skipped" : "failed", detail };
  }
}

/** Thrown by a step; its message is for the person at the keyboard. */
class StepFailed extends Error {}

/** Thrown by a step that there is nothing to try for; its message says why. */
class NotTried extends Error {}

const POLL_INTERVAL = 200;

/** What one visitor has seen so far. */
class Flow {
  readonly #target: TriedPage;
  readonly #visitor: Visitor;
  #location = "";

  constructor(target: TriedPage, visitor: Visitor) {
    this.#target = target;
    this.#visitor = visitor;
  }

  async requestPage(): Promise<string> {
    const answer = await this.#visitor.get(this.#target.localUrl(this.#target.pageUrl));
    expectWorker(answer);
    this.#location = redirectOf(answer, "a new visitor to the waiting room");
    return `${this.#target.pageUrl} answered ${answer.status}`;
  }

  followToWaitingRoom(): string {
    const host = new URL(this.#target.localUrl(`https://${this.#target.waitingRoomHost}/`)).host;
    const found = new URL(this.#location);
    if (found.host !== host) throw new StepFailed(`The redirect leads to ${found.host}, not to ${host}.`);
    const room = found.searchParams.get("e") ?? "";
    const back = found.searchParams.get("t");
    if (back !== this.#target.pageUrl) {
      throw new StepFailed(`The waiting room is told to send the visitor back to ${back ?? "nowhere"}.`);
    }
    return `to waiting room ${room} on ${this.#target.waitingRoomHost}`;
  }

  async wait(): Promise<string> {
    const started = performance.now();
    const patience = this.#target.patience ?? 60_000;
    let address = this.#location;
    while (performance.now() - started < patience) {
      const answer = await this.#visitor.get(address);
      const location = answer.headers.get("location");
      if (location === null) {
        if (answer.status !== 200) throw new StepFailed(`The waiting room answered ${answer.status}.`);
        await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL));
        continue;
      }
      address = new URL(location, address).href;
      if (!new URL(address).searchParams.has("queueittoken")) continue;
      this.#location = address;
      return "sent back when it was the visitor's turn";
    }
    throw new StepFailed(`Still waiting after ${patience / 1000} seconds: is the outflow 0?`);
  }

  async comeBack(): Promise<string> {
    const expected = this.#target.localUrl(this.#target.pageUrl);
    const address = new URL(this.#location);
    address.searchParams.delete("queueittoken");
    if (address.href !== new URL(expected).href) throw new StepFailed(`Sent back to ${address.href}.`);
    const answer = await this.#visitor.get(this.#location);
    expectWorker(answer);
    this.#location = redirectOf(answer, "the visitor to the page without the token");
    return `${this.#target.pageUrl} with a token answered ${answer.status}`;
  }

  checkSession(): string {
    if (new URL(this.#location).searchParams.has("queueittoken")) {
      throw new StepFailed("The redirect still carries the token.");
    }
    const cookie = this.#visitor.cookieNames.find((name) =>
      name.startsWith("QueueITAccepted-SDFrts345E-V3_"),
    );
    if (cookie === undefined) throw new StepFailed("No session cookie was issued.");
    return `cookie ${cookie}`;
  }

  async browse(): Promise<string> {
    const answer = await this.#visitor.get(this.#location);
    expectWorker(answer);
    if (answer.status !== 200) {
      throw new StepFailed(`The page answered ${answer.status} to a visitor with a session cookie.`);
    }
    return `the page answered 200, ${answer.body.length} characters`;
  }

  async forgeToken(): Promise<string> {
    const stranger = new Visitor();
    const { pageUrl, localUrl } = this.#target;
    const forged = `${pageUrl}${pageUrl.includes("?") ? "&" : "?"}queueittoken=e_x~q_x~ts_9999999999~h_0`;
    const answer = await stranger.get(localUrl(forged)).finally(() => stranger.close());
    expectWorker(answer);
    const location = redirectOf(answer, "a visitor with a forged token away");
    if (!new URL(location).pathname.includes("/error/")) {
      throw new StepFailed(`A forged token leads to ${new URL(location).pathname}, not to the error page.`);
    }
    return "redirected to Queue-it's error page, without a cookie";
  }

  async requestOtherPages(): Promise<string> {
    const { otherPages, localUrl } = this.#target;
    if (otherPages.length === 0) throw new NotTried("no route or coverage names another page that queues");
    for (const url of otherPages) {
      const stranger = new Visitor();
      const answer = await stranger.get(localUrl(url)).finally(() => stranger.close());
      expectWorker(answer);
      const location = redirectOf(answer, `a new visitor of ${url} to the waiting room`);
      if (new URL(location).searchParams.get("t") !== url) {
        throw new StepFailed(`${url} leads to ${new URL(location).host} without the way back.`);
      }
    }
    return otherPages.join(", ");
  }

  async requestIgnored(): Promise<string> {
    const { ignoredUrls, localUrl } = this.#target;
    if (ignoredUrls.length === 0) throw new NotTried("the coverage names no page that is to be ignored");
    for (const url of ignoredUrls) {
      const stranger = new Visitor();
      const answer = await stranger.get(localUrl(url)).finally(() => stranger.close());
      expectWorker(answer);
      const location = parsedUrl(answer.headers.get("location") ?? "");
      if (location?.searchParams.has("c") === true) {
        throw new StepFailed(
          `${url} leads to ${location.host}: narrow the action that takes it, or remove it from coverage.ignored.`,
        );
      }
    }
    return `${ignoredUrls.join(", ")}, by the Worker and without a waiting room`;
  }

  async requestBypassed(): Promise<string> {
    const { bypassedUrls, localUrl } = this.#target;
    if (bypassedUrls.length === 0) throw new NotTried("this environment has no bypass route");
    const seen: string[] = [];
    for (const url of bypassedUrls) {
      const answer = await this.#visitor.get(localUrl(url));
      if (answer.headers.get("x-queueit-connector") !== null) {
        throw new StepFailed(`${url} went through the Worker: check the bypass routes.`);
      }
      seen.push(`${url} answered ${answer.status}`);
    }
    return `${seen.join(", ")}, straight from the origin`;
  }
}

function expectWorker(answer: Answer): void {
  if (answer.headers.get("x-queueit-connector") === null) {
    throw new StepFailed("The Worker did not see this request: check the protected routes.");
  }
  if (answer.headers.get("x-queueit-failed") !== null) {
    throw new StepFailed("The Worker failed open: the reason is in its log.");
  }
}

function redirectOf(answer: Answer, whom: string): string {
  const location = answer.headers.get("location");
  if (location === null || answer.status < 300 || answer.status > 399) {
    throw new StepFailed(`The Worker did not redirect ${whom}: it answered ${answer.status}.`);
  }
  return location;
}
