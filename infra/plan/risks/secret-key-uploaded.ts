import { SECRETS } from "../../../worker/deployment/variables.ts";
import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/** A Worker that is taken over gets its secret key anew, and Cloudflare does not tell the one that it has. */
export const secretKeyUploaded: RiskRule = ({ changes }) =>
  changes.flatMap((change) =>
    change.kind === "secret" && change.name === SECRETS.secretKey && change.event === "uploaded"
      ? [
          {
            rule: "secret-key-uploaded",
            level: "medium",
            title: sentence`${change.name} is uploaded, and may be another one than the one that runs`,
            explanation:
              "If it is the same, visitors notice nothing. With another one they queue again, also those who are in " +
              "the shop, and publish calls fail.",
            remedy:
              "Set TF_VAR_queueit_secret_key to the one of Queue-it's GO platform. queueit-cf adopt compares it with " +
              "the one that runs.",
          },
        ]
      : [],
  );
