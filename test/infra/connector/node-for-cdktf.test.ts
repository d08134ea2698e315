import util from "node:util";
import { expect, it } from "vitest";
import "../../../infra/connector/queue-it-connector.ts";

it("answers what cdktf asks of Node.js itself, which newer versions warn of", () => {
  expect(Object.entries(util).find(([name]) => name === "isArray")?.[1]).toBe(Array.isArray);
});
