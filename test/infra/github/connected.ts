import { afterAll, beforeAll, beforeEach } from "vitest";
import { type GitHub, githubClient } from "../../../infra/github/client.ts";
import { REPOSITORY, type StandIn, startGitHub, TOKEN } from "./stand-in.ts";

export interface Connected {
  /** The stand-in of this file's tests, emptied before each. */
  readonly standIn: StandIn;
  readonly github: GitHub;
  /** Milliseconds of every pause that was asked for; nothing waits for them. */
  readonly pauses: readonly number[];
}

/** A stand-in for the tests of a file, and a client that talks to it. */
export function connected(): Connected {
  const pauses: number[] = [];
  const connection: { standIn?: StandIn; github?: GitHub } = {};
  beforeAll(async () => {
    connection.standIn = await startGitHub();
    const settings = { apiUrl: connection.standIn.apiUrl, token: TOKEN, repository: REPOSITORY };
    connection.github = githubClient(settings, {
      pause: (milliseconds) => {
        pauses.push(milliseconds);
        return Promise.resolve();
      },
    });
  });
  afterAll(() => connection.standIn?.close());
  beforeEach(() => {
    const { standIn } = connection;
    if (standIn === undefined) return;
    for (const list of [standIn.comments, standIn.issues, standIn.pullRequests, standIn.timeline])
      list.length = 0;
    standIn.calls.length = standIn.failures.length = pauses.length = 0;
    for (const set of [standIn.forbidden, standIn.labels, standIn.parents, standIn.queue]) set.clear();
    standIn.login = undefined;
  });
  return {
    get standIn() {
      if (connection.standIn === undefined) throw new Error("The stand-in has not started.");
      return connection.standIn;
    },
    get github() {
      if (connection.github === undefined) throw new Error("The stand-in has not started.");
      return connection.github;
    },
    pauses,
  };
}
