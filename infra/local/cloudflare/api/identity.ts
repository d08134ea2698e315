/** Ids that only this machine has; they never change. */
export const USER_ID = "10ca10ca10ca10ca10ca10ca10ca10ca";
/** Of the token that may do everything. */
export const TOKEN_ID = "20ca20ca20ca20ca20ca20ca20ca20ca";
/** The local account has no past: everything that Cloudflare dates by it has this date. */
export const BEGINNING = "2020-01-01T00:00:00.000000Z";
