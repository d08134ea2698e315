import { describe, expect, it } from "vitest";
import type { Environment } from "../../../infra/environments/environment.ts";
import { nextSteps } from "../../../infra/init/next-steps.ts";

const environment: Environment = {
  accountId: "5e1d0c4b3a29180716f5e4d3c2b1a090",
  workerName: "queueit",
  sites: [{ zoneName: "tickets-and-more.dk", hostname: "www.tickets-and-more.dk" }],
  queueIt: { customerId: "ticketsandmore" },
};
const steps = (more: Partial<Environment> = {}) =>
  nextSteps({ name: "live", environment: { ...environment, ...more } }).join("\n");

describe("what to do after init", () => {
  it("is to name a page that queues, without which verify is not green", () => {
    expect(steps()).toContain("coverage.protected");
    const coverage = { protected: ["https://www.tickets-and-more.dk/tickets"] };
    expect(steps({ coverage })).not.toContain("coverage.protected");
  });

  it("is to deploy what is promoted from nothing, and to promote the others", () => {
    expect(steps()).toContain("npx queueit-cf deploy live");
    expect(steps({ promotedFrom: "staging" })).toContain("npx queueit-cf promote live");
  });
});
