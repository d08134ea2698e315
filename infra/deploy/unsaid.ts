import type { Review } from "../plan/review.ts";

/**
 * What Terraform says of a plan that stopped and its report does not say already; empty where that is
 * nothing.
 */
export function unsaid(failure: string, { risks }: Pick<Review, "risks">): string {
  const said = risks.map(({ explanation }) => squeezed(explanation)).filter((text) => text !== "");
  return failure
    .split("\n")
    .filter((line) => !said.some((text) => squeezed(line).includes(text)))
    .join("\n");
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
