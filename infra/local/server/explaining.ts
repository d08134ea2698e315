import { type ExplainedRequest, explainRequest } from "../../configuration/explain/explain-request.ts";
import { type Explainer, explainerOf } from "../../configuration/explain/explainer.ts";
import { summaryOf } from "../../configuration/explain/summary.ts";
import type { TriedRequest } from "../../configuration/explain/visitor-request.ts";
import { asciiHostname } from "../../cloudflare/hostname.ts";
import { readConfigurationFile } from "../../queue-it/configuration-file.ts";
import type { Target } from "../../specification/target.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import type { SentHead } from "../cloudflare/edge/edge.ts";
import type { RequestEvent } from "../cloudflare/edge/request-event.ts";
import type { LocalSecrets } from "../state/state-file.ts";
import { heldConfiguration } from "./held-configuration.ts";

/** Explains requests to the environments of a local account, as `queueit-cf config explain` does. */
export interface Explaining {
  /** What would happen to a request; a text says why that is not known. */
  readonly explain: (request: TriedRequest) => Promise<ExplainedRequest | string>;
  /** Which action matched in a request that was answered, why, and what was decided. */
  readonly decided: (event: RequestEvent, sent: SentHead) => Promise<string | undefined>;
}

/** Milliseconds in which KV is read once, however many requests there are. */
const READ_PAUSE_MS = 200;

/** @param environments Environments of the account. */
export function explaining(
  environments: readonly Target[],
  account: LocalAccount,
  { secretKey }: Pick<LocalSecrets, "secretKey">,
): Explaining {
  const kept = new Map<string, { readonly text: string; readonly explainer: Explainer }>();
  const reads = new Map<string, { readonly at: number; readonly text: Promise<string> }>();

  const textOf = ({ spec }: Target): Promise<string> => {
    const last = reads.get(spec.environment);
    const now = Date.now();
    if (last !== undefined && now - last.at >= 0 && now - last.at < READ_PAUSE_MS) return last.text;
    const text = heldConfiguration(account, spec);
    reads.set(spec.environment, { at: now, text });
    return text;
  };

  /** With the routes that the account has now, whatever the environment says. */
  const explainerFor = async (target: Target): Promise<Explainer | undefined> => {
    const { spec, named } = target;
    const text = await textOf(target);
    let known = kept.get(spec.environment);
    if (known?.text !== text) {
      const file = readConfigurationFile(text);
      if (!file.ok) return undefined;
      const { configuration } = file;
      known = { text, explainer: await explainerOf({ named, configuration, secretKey }) };
      kept.set(spec.environment, known);
    }
    const routes = account.routes.map(({ pattern, script }) =>
      script === spec.worker.name
        ? { kind: "protect" as const, pattern }
        : { kind: "bypass" as const, pattern, worker: script },
    );
    return { ...known.explainer, routes };
  };

  return {
    explain: async (request) => {
      const target = environments.find(({ named: { environment } }) =>
        environment.sites.some(({ hostname }) => asciiHostname(hostname) === request.url.hostname),
      );
      if (target === undefined) {
        return `No site of this customer has the host ${request.url.hostname}.`;
      }
      const explainer = await explainerFor(target);
      return explainer === undefined
        ? `${target.spec.environment} has no integration configuration that the Worker accepts: deploy it, and publish one.`
        : explainRequest(request, explainer);
    },
    decided: async (event, { url, method, headers }) => {
      const target = environments.find(({ spec }) => spec.worker.name === event.worker);
      const explainer = target && (await explainerFor(target));
      if (explainer === undefined) return undefined;
      if (explainer.compiled.readsBody && method !== "GET" && method !== "HEAD")
        return "not known here: a trigger looks at the body, which is not kept";
      const { worker } = await explainRequest(
        { url: new URL(url), method, headers: [...headers], body: "" },
        explainer,
      );
      if (worker === undefined) return undefined;
      const { decision } = worker;
      const isOther = decision.kind === "to-queue-it" && !decision.isAjax && event.status !== 302;
      return `${summaryOf(worker)}${isOther ? " (it answered otherwise: the Worker still has an earlier configuration)" : ""}`;
    },
  };
}
