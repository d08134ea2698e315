import type { SECRETS } from "../../../../worker/deployment/variables.ts";
import { errorAt, warningAt } from "../problem.ts";
import { settledStore } from "../settled.ts";
import type { Rule } from "./rule.ts";

type SecretName = keyof typeof SECRETS;

const ALL: readonly SecretName[] = ["secretKey", "apiKey", "directPassKey"];

/**
 * The Secrets Store holds one secret for each name that is used, and every secret that is needed has a name.
 */
export const storedSecrets: Rule = ({ secrets, integrationConfiguration, queueIt }) => {
  if (secrets?.strategy !== "secrets-store") return [];
  const written = secrets.names ?? {};
  const { names } = settledStore(secrets);
  const needed: readonly (readonly [SecretName, string])[] = [
    ...(integrationConfiguration?.owner === "pull" ? [["apiKey", 'owner: "pull"'] as const] : []),
    ...(queueIt?.verifyAction === undefined ? [] : [["apiKey", "verifyAction"] as const]),
    ...(queueIt?.directPass === undefined ? [] : [["directPassKey", "directPass"] as const]),
  ];
  const isNamed = (secret: SecretName) => written[secret] !== undefined;
  const unnamed = Object.keys(written).length === 0 ? [] : needed.filter(([secret]) => !isNamed(secret));
  const used = ALL.filter(
    (secret) => secret === "secretKey" || isNamed(secret) || needed.some(([other]) => other === secret),
  );
  const taken = new Map<string, SecretName>();
  return [
    ...unnamed.map(([secret, feature]) => {
      const what = `has no name, although ${feature} needs it`;
      const remedy = `write its name in the store; without one, the name is ${names[secret]}`;
      return warningAt(`secrets.names.${secret}`, "secret-unnamed", undefined, what, remedy);
    }),
    ...used.flatMap((secret) => {
      const name = names[secret];
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
