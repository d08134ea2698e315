import { sha256Of } from "../../infra/files/sha256.ts";
import type { RecordedStack } from "./recorded-stack.ts";

/** The only secrets that a recording may hold: worth nothing, and known to the tests, which look for them. */
export const FIRST_SECRET = "first-secret";
export const SECOND_SECRET = "second-secret";

/** A stack together with the secret key that it is planned with. */
export interface Setup {
  readonly stack: RecordedStack;
  readonly secretKey: string;
}

export interface Recording {
  /** Name of the files. */
  readonly name: string;
  /** What is deployed when the recording begins; undefined where that is nothing. */
  readonly before: Setup | undefined;
  readonly after: Setup;
  /**
   * What somebody does by hand between the two: it needs the account, so there is none with built-in objects.
   */
  readonly byHand?: "delete the protecting route";
  readonly destroys?: true;
}

const BASE: RecordedStack = {
  bundle: bundleThatSays("hi"),
  customerId: "acme",
  namespaceTitle: "queueit-staging-integration-config",
  configuration: { version: 1, isOwned: false },
  isProtected: true,
};

const FIRST: Setup = { stack: BASE, secretKey: FIRST_SECRET };

/** Every recording, each with one thing that changes. A new plan fixture is one more entry here. */
export const RECORDINGS: readonly Recording[] = [
  { name: "create", before: undefined, after: FIRST },
  { name: "noop", before: FIRST, after: FIRST },
  { name: "update-script", before: FIRST, after: changed({ bundle: bundleThatSays("hello") }) },
  { name: "change-variable", before: FIRST, after: changed({ customerId: "acme2" }) },
  { name: "route-removed", before: FIRST, after: changed({ isProtected: false }) },
  { name: "namespace-renamed", before: FIRST, after: changed({ namespaceTitle: "renamed" }) },
  { name: "secret-rotated", before: FIRST, after: { ...FIRST, secretKey: SECOND_SECRET } },
  {
    name: "config-owned-by-file",
    before: FIRST,
    after: changed({ configuration: { version: 2, isOwned: true } }),
  },
  { name: "drift-route-deleted", before: FIRST, byHand: "delete the protecting route", after: FIRST },
  { name: "destroy", before: FIRST, after: FIRST, destroys: true },
];

function changed(change: Partial<RecordedStack>): Setup {
  return { ...FIRST, stack: { ...BASE, ...change } };
}

function bundleThatSays(word: string): RecordedStack["bundle"] {
  const content = `export default {async fetch(r){return new Response(${JSON.stringify(word)})}, async scheduled(){}}\n`;
  return { content, sha256: sha256Of(Buffer.from(content)) };
}
