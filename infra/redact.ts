/** Hides every secret in a text that a person is about to read: Terraform's output holds them when it fails. */
export function redact(text: string, secrets: readonly string[]): string {
  // The longest first: what is left of a longer one must not be readable because a shorter one was part of it.
  return [...secrets]
    .filter((secret) => secret !== "")
    .sort((a, b) => b.length - a.length)
    .reduce(
      (shown, secret) => forms(secret).reduce((left, form) => left.replaceAll(form, "(hidden)"), shown),
      text,
    );
}

/** A secret as it is, inside a JSON text, and inside a URL. */
function forms(secret: string): readonly string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
}
