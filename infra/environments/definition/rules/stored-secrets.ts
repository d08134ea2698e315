import { SECRETS } from "../../../../worker/variables.ts";
import { errorAt, warningAt } from "../problem.ts";
import type { Rule } from "./rule.ts";

type SecretName = keyof typeof SECRETS;

/** The Secrets Store holds one secret for each name that is used, and every secret that is needed has a name. */
export const storedSecrets: Rule = ({ secrets, integrationConfiguration, queueIt }) => {
  if (secrets?.strategy !== "secrets-store" || secrets.names === undefined) return [];
  const { names } = secrets;
  const needed: readonly (readonly [SecretName, string])[] = [
    ...(integrationConfiguration?.owner === "pull" ? [["apiKey", 'owner: "pull"'] as const] : []),
    ...(queueIt?.verifyAction === undefined ? [] : [["apiKey", "verifyAction"] as const]),
    ...(queueIt?.directPass === undefined ? [] : [["directPassKey", "directPass"] as const]),
  ];
  const unnamed = needed.filter(([secret]) => names[secret] === undefined);
  const taken = new Map<string, string>();
  return [
    ...unnamed.map(([secret, feature]) => {
      const what = `is not named although ${feature} needs it`;
      const remedy = `write its name in the store; without one it is ${SECRETS[secret]}`;
      return warningAt(`secrets.names.${secret}`, "secret-unnamed", undefined, what, remedy);
    }),
    ...Object.entries(names).flatMap(([secret, name]) => {
      const other = taken.get(name);
      taken.set(name, other ?? secret);
      if (other === undefined) return [];
      const what = `is the same secret as ${other}`;
      return [
        errorAt(`secrets.names.${secret}`, "secret-shared", name, what, "name the secret that belongs here"),
      ];
    }),
  ];
};
