import { parsedUrl } from "../url/parsed-url.ts";
import { listedVariable } from "../variables/command-variables.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Values of environment variables that nothing may show: messages of Terraform and of servers may hold them.
 */
export function secretsIn(variables: Variables): readonly string[] {
  const values = Object.entries(variables).flatMap(([name, value = ""]) => {
    if (isSecret(name)) return [value];
    return /_PROXY$/i.test(name) ? passwordIn(value) : [];
  });
  return [...new Set(values)].filter((value) => value.trim() !== "");
}

/** The variables for a program that needs no secret at all. */
export function withoutSecretVariables(variables: Variables): Variables {
  return picked(variables, (name, value) => !isSecret(name) && !isProxyWithPassword(name, value));
}

/** The variables for Terraform: without the secrets of the pipeline and of this program. */
export function withoutOurSecrets(variables: Variables): Variables {
  return picked(variables, (name) => !isOurs(name));
}

function picked(variables: Variables, isKept: (name: string, value: string) => boolean): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name, value = ""]) => isKept(name, value)));
}

/** Whole families of names are secret, also those that no command reads. */
function isSecret(name: string): boolean {
  return (
    listedVariable(name)?.secret !== undefined || /^TF_VAR_queueit_|^TF_TOKEN_/.test(name) || isOurs(name)
  );
}

function isOurs(name: string): boolean {
  return listedVariable(name)?.secret === "of-the-pipeline" || name.startsWith("QUEUEIT_SECRET_KEY");
}

function isProxyWithPassword(name: string, value: string): boolean {
  return /_PROXY$/i.test(name) && passwordIn(value).length > 0;
}

/** Of a proxy that asks who comes: `http://user:password@proxy:3128`. */
function passwordIn(address: string): readonly string[] {
  const { password = "" } = parsedUrl(address) ?? {};
  return password === "" ? [] : [decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
