import { SECRETS } from "../../../worker/deployment/variables.ts";
import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/** A new secret key: whatever was signed with the old one is refused from now on. */
export const secretKeyRotated: RiskRule = ({ changes }) =>
  changes.flatMap((change) => {
    if (change.kind !== "secret" || change.name !== SECRETS.secretKey) return [];
    if (change.event !== "rotated" && change.event !== "moved") return [];
    return [
      {
        rule: "secret-key-rotated",
        level: "medium",
        title: sentence`${change.name} changes`,
        explanation:
          "Session cookies and queue tokens of the old key are refused: visitors who are in the shop queue again, " +
          "and publish calls fail until Queue-it signs with the new key.",
        remedy: "Rotate outside a sale, and on Queue-it's side at the same time.",
      },
    ];
  });
