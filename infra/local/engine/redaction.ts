import type { Stack } from "../cloudflare/terraform-stack.ts";

/** A text without the values of the stack's sensitive variables. */
export function withoutSecrets(text: string, { variables, values }: Stack): string {
  const secrets = variables.flatMap(({ name, sensitive }) => {
    const value = sensitive ? values.get(`var.${name}`) : undefined;
    return typeof value === "string" && value !== "" ? [value] : [];
  });
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, "(secret)"), text);
}
