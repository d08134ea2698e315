const END = "[!#-&(-_a-~]";

/**
 * What a secret of Queue-it's may look like, as a regular expression of JavaScript (with the flag `u`) and of
 * Terraform alike: it begins and ends with a visible ASCII character that is no quote, and has no control or
 * invisible character in it. Whatever the Worker would cut off a secret (`readSecret` in
 * worker/deployment/settings.ts) is outside of this form, so that everybody who has the secret has the same
 * one.
 */
export const SECRET_FORM = `^${END}([^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]*${END})?$`;
