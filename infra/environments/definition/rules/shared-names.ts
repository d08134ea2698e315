import { posix } from "node:path";
import { type StateBackend, stateBackend } from "../state-backend.ts";
import type { Draft } from "../draft.ts";
import { errorAt, type Finding } from "../problem.ts";
import { settledTitle } from "../settled.ts";
import type { Rule } from "./rule.ts";

/** Two environments never write to the same Worker, the same KV namespace or the same state. */
export const sharedNames: Rule = (draft, { all }) =>
  all
    .slice(0, Math.max(0, all.indexOf(draft)))
    .flatMap((other) => [
      ...sameWorker(draft, other),
      ...sameNamespace(draft, other),
      ...sameState(draft, other),
    ]);

function sameWorker({ accountId, workerName }: Draft, other: Draft): readonly Finding[] {
  if (workerName === undefined || workerName !== other.workerName) return [];
  if (accountId === undefined || accountId !== other.accountId) return [];
  const what = `is the Worker of ${other.name} too, in the same account: each deploy would replace the other's`;
  return [
    errorAt(
      "workerName",
      "worker-name-shared",
      workerName,
      what,
      "give each environment a Worker of its own",
    ),
  ];
}

function sameNamespace(draft: Draft, other: Draft): readonly Finding[] {
  if (draft.accountId === undefined || draft.accountId !== other.accountId) return [];
  if (draft.faulty.has("namespaceTitle") || other.faulty.has("namespaceTitle")) return [];
  const title = settledTitle(draft.name, draft.namespaceTitle);
  if (title !== settledTitle(other.name, other.namespaceTitle)) return [];
  const what = `is the KV namespace of ${other.name} too, in the same account: both would have one configuration`;
  return [
    errorAt(
      "namespaceTitle",
      "namespace-title-shared",
      title,
      what,
      "give each environment a namespace of its own",
    ),
  ];
}

function sameState(draft: Draft, other: Draft): readonly Finding[] {
  const [mine, theirs] = [placeOf(draft), placeOf(other)];
  if (mine === undefined || mine.place !== theirs?.place) return [];
  const what = `is the state of ${other.name} too: each deploy would destroy what the other created`;
  return [
    errorAt(
      `backend.${mine.property}`,
      "state-shared",
      mine.value,
      what,
      "give each environment a state of its own",
    ),
  ];
}

function placeOf(draft: Draft): { place: string; property: string; value: string } | undefined {
  const { accountId, faulty } = draft;
  if (faulty.has("backend")) return undefined;
  // Only R2 is part of an account; elsewhere a faulty account id changes nothing.
  if (draft.backend?.type === "r2" && accountId === undefined) return undefined;
  const backend = stateBackend({
    name: draft.name,
    environment: { accountId: accountId ?? "", ...(draft.backend && { backend: draft.backend }) },
  });
  return placeOfBackend(backend);
}

function placeOfBackend(backend: StateBackend): { place: string; property: string; value: string } {
  const place = (...parts: readonly string[]) => JSON.stringify([backend.type, ...parts]);
  switch (backend.type) {
    case "local":
      return { place: place(posix.normalize(backend.path)), property: "path", value: backend.path };
    case "r2": {
      const { accountId, jurisdiction = "", bucket, key } = backend;
      return { place: place(accountId, jurisdiction, bucket, key), property: "key", value: key };
    }
    case "s3":
      // The names of buckets are unique in all of S3: the region does not tell two apart.
      return { place: place(backend.bucket, backend.key), property: "key", value: backend.key };
    case "hcp": {
      const { hostname, organization, workspace } = backend;
      return { place: place(hostname, organization, workspace), property: "workspace", value: workspace };
    }
  }
}
