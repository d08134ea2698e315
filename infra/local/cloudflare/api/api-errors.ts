import { CloudflareError } from "../account/refusals.ts";
import { ownPath } from "../../../text/own-path.ts";

/** Where a person finds what is emulated. */
const DOCUMENT = ownPath("docs/local-cloudflare.md");

/** Refusals that only the management API gives; the account has its own. */
export const apiRefusals = {
  notEmulated: (what: string, why = "") =>
    new CloudflareError(
      7000,
      404,
      `No route for that URI: ${what}. The local Cloudflare does not emulate it${why}; ${DOCUMENT} says what it does.`,
    ),
  wrongAccount: (id: string) =>
    new CloudflareError(
      7003,
      404,
      `Could not route to /accounts/${id}, perhaps your object identifier is invalid? The local Cloudflare has one account; set CLOUDFLARE_ACCOUNT_ID to it.`,
    ),
  /** Seen in many reports: the answer of Workers, KV and DNS to a token without the permission. */
  notAuthenticated: () => new CloudflareError(10000, 403, "Authentication error"),
  /** Seen: the answer for users, tokens, accounts and the details of a zone. */
  notAuthorized: () => new CloudflareError(9109, 403, "Unauthorized to access requested resource"),
  /** Seen. */
  zonesNotListed: (tokenId: string) =>
    new CloudflareError(
      0,
      403,
      `Actor 'com.cloudflare.api.token.${tokenId}' requires permission 'com.cloudflare.api.account.zone.list' to list zones`,
    ),
  tokenNotValid: (problem: string) =>
    new CloudflareError(1002, 400, `Invalid API token settings: ${problem}`),
  tokenNotVerified: (why: string) => new CloudflareError(1000, 401, `Invalid API Token: ${why}`),
  bodyNotValid: (problem: string) =>
    new CloudflareError(10026, 400, `Could not parse the request: ${problem}`),
  tooLarge: (problem: string) => new CloudflareError(10027, 413, problem),
  parameterNotValid: (problem: string) => new CloudflareError(10029, 400, problem),
  valueNotValid: (problem: string) => new CloudflareError(10033, 400, problem),
  mainModuleMissing: (problem: string) => new CloudflareError(10021, 400, problem),
  bindingNotEmulated: (type: string, name: string) =>
    new CloudflareError(
      10021,
      400,
      `Binding '${name}' has the type '${type}', which the local Cloudflare does not emulate; ${DOCUMENT} says what it does.`,
    ),
  /** Seen in wrangler, which reads the name off the beginning. */
  nothingToInherit: (name: string) =>
    new CloudflareError(
      10057,
      400,
      `inherit binding '${name}' is invalid: the Worker has no such binding to keep.`,
    ),
  serviceNotFound: () => new CloudflareError(10090, 404, "This service does not exist on your account."),
  scriptSecretNotFound: () => new CloudflareError(10056, 404, "Secret not found on this Worker."),
} as const;
