/**
 * Writes a text so that Terraform reads exactly that text: `${` and `%{` would start a template otherwise.
 * Source: Terraform's JSON configuration syntax, "string templates".
 */
export function literal(text: string): string {
  return text.replaceAll(/([$%])\{/g, "$1$1{");
}
