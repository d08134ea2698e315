import { IntegrationEvaluator } from "@queue-it/connector-javascript/dist/IntegrationConfig/integrationConfigHelpers.js";
import type { CustomerIntegration } from "@queue-it/connector-javascript/dist/IntegrationConfig/integrationConfigModel.js";
import fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ActionIndex } from "../../../worker/matching/action-index.ts";
import { checkConfiguration } from "../../../worker/configuration/check.ts";
import { PreparedActions } from "../../../worker/matching/prepared-actions.ts";
import { decide } from "../../../worker/request-flow.ts";
import { Visit } from "../../../worker/visitor/visit.ts";
import { runs } from "../../support/runs.ts";
import { connectorWith, TestContext } from "../support/connector.ts";
import { configuration, NOW, request, type PlainRequest } from "./arbitraries.ts";
import { referenceContext, referenceDecision, withoutToken } from "./reference.ts";

const CONFIGURATIONS = runs(400, 2500);
const REQUESTS_EACH = 8;

/** Visible in the result, so that the comparison cannot become empty unnoticed. */
const counts = {
  cases: 0,
  matched: 0,
  toQueueIt: 0,
  ajax: 0,
  stripped: 0,
  passedWithCookie: 0,
  severalCookies: 0,
  stretchedRefused: 0,
};

describe("compared with the SDK itself", () => {
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: NOW * 1000 });
  });
  afterAll(() => {
    vi.useRealTimers();
  });

  it("matches the same action and gives the same answer", async () => {
    const requests = fc.array(request, { minLength: REQUESTS_EACH, maxLength: REQUESTS_EACH });
    await fc.assert(
      fc.asyncProperty(configuration, requests, async (config, visits) => {
        expect(checkConfiguration(config).ok).toBe(true);
        const json = JSON.stringify(config);
        // Both sides get what went through JSON, as in production.
        const connector = connectorWith(JSON.parse(json) as typeof config);
        // The connector itself makes one only after more requests than these.
        const index = new ActionIndex(new PreparedActions(config.Integrations ?? []));
        for (const plain of visits) {
          const { url } = withoutToken(plain.url);
          const visitor = { url: plain.url, method: plain.method, headers: headersOf(plain) };
          const readBody = (limit: number): Promise<string> => Promise.resolve(plain.body.slice(0, limit));

          const sdkAction = new IntegrationEvaluator().getMatchedIntegrationConfig(
            JSON.parse(json) as CustomerIntegration,
            url,
            referenceContext(plain).context,
          ) as { Name: string } | null;
          const visit = new Visit(visitor, url, plain.body.slice(0, 2048));
          const matched = connector.compiled.match(visit);
          if (matched?.action.Name !== sdkAction?.Name) expect(matched?.action.Name).toBe(sdkAction?.Name);
          const indexed = index.first(visit);
          if (indexed?.Name !== sdkAction?.Name) expect(indexed?.Name).toBe(sdkAction?.Name);

          const ours = await decide(visitor, readBody, connector, new TestContext());
          const theirs = await referenceDecision(plain, json);
          if (!isDeepStrictEqual(ours, theirs)) expect(ours).toEqual(theirs);

          // The one difference: the SDK lets in sessions whose fields somebody moved.
          if (ours.kind === "to-queue-it") {
            const trusting = await referenceDecision(plain, json, "as-the-sdk");
            if (trusting.kind === "pass") counts.stretchedRefused++;
          }

          counts.cases++;
          if (matched) counts.matched++;
          if (ours.kind === "to-queue-it") counts.toQueueIt++;
          if (ours.kind === "to-queue-it" && ours.isAjax) counts.ajax++;
          if (ours.kind === "strip-token") counts.stripped++;
          if (ours.kind === "pass" && ours.cookies.length > 0) counts.passedWithCookie++;
          if (ours.cookies.length > 1) counts.severalCookies++;
        }
      }),
      { numRuns: CONFIGURATIONS },
    );
  });

  it("was compared on enough cases of every kind", () => {
    console.info("differential cases", JSON.stringify(counts));
    expect(counts.cases).toBe(CONFIGURATIONS * REQUESTS_EACH);
    expect(counts.matched).toBeGreaterThan(counts.cases * 0.4);
    expect(counts.toQueueIt).toBeGreaterThan(counts.cases * 0.1);
    expect(counts.ajax).toBeGreaterThan(counts.cases * 0.01);
    expect(counts.stripped).toBeGreaterThan(counts.cases * 0.01);
    expect(counts.passedWithCookie).toBeGreaterThan(counts.cases * 0.01);
    expect(counts.severalCookies).toBeGreaterThan(counts.cases * 0.001);
    expect(counts.stretchedRefused).toBeGreaterThan(counts.cases * 0.01);
  });
});

function headersOf(plain: PlainRequest): { get(name: string): string | null } {
  return { get: (name) => plain.headers[name.toLowerCase()] ?? null };
}
