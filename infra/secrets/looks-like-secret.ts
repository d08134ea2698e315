/**
 * Whether a text has the shape of a secret: a Queue-it secret key (two GUIDs in a row), a Cloudflare API
 * token (40 characters of mixed case), an AWS access key id or a PEM block.
 */
export function looksLikeSecret(text: string): boolean {
  return (
    /(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}){2}/i.test(text) ||
    (/^[\w-]{40}$/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text)) ||
    /\bA[KS]IA[0-9A-Z]{16}\b/.test(text) ||
    text.includes("-----BEGIN ")
  );
}
