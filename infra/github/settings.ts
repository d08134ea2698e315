import { UserError } from "../errors/user-error.ts";
import { secretsIn } from "../secrets/secret-variables.ts";
import { parsedUrl } from "../url/parsed-url.ts";
import type { Variables } from "../variables/command-variables.ts";

/** Where GitHub is, for which repository, and as whom. */
export interface GitHubSettings {
  /** Without a slash at its end. */
  readonly apiUrl: string;
  readonly token: string;
  /** `owner/name` */
  readonly repository: string;
  /**
   * What no comment or issue may hold, beside the token.
   * @default nothing
   */
  readonly secrets?: readonly string[];
}

/**
 * Reads what GitHub Actions sets: GITHUB_TOKEN, GITHUB_REPOSITORY and, on GitHub Enterprise, GITHUB_API_URL.
 *
 * @throws UserError when one is missing or cannot be right. It never shows the token.
 */
export function githubSettings(variables: Variables): GitHubSettings {
  return {
    apiUrl: apiUrl(variables.GITHUB_API_URL ?? "https://api.github.com"),
    token: token(variables.GITHUB_TOKEN ?? ""),
    repository: repository(variables.GITHUB_REPOSITORY ?? ""),
    secrets: secretsIn(variables),
  };
}

function apiUrl(text: string): string {
  const url = parsedUrl(text);
  const isLoopback = url?.hostname === "127.0.0.1" || url?.hostname === "localhost";
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback);
  if (url === undefined || !isSafe || url.username !== "" || url.password !== "" || url.search !== "") {
    throw new UserError(
      "github-api-url",
      "GITHUB_API_URL is not an address that a token may be sent to. Set it to the API of your GitHub, " +
        "which begins with https:// and holds no credentials, or leave it out for github.com.",
    );
  }
  return url.href.replace(/\/+$/, "");
}

function token(text: string): string {
  // A line break in a header would make fetch show the header.
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new UserError(
    "github-token",
    `GITHUB_TOKEN ${text === "" ? "is not set" : "contains a character that a token never has"}. In a ` +
      "workflow, set it for this step: GITHUB_TOKEN: \${{ github.token }}",
  );
}

function repository(text: string): string {
  if (/^[\w.-]+\/[\w.-]+$/.test(text)) return text;
  throw new UserError(
    "github-repository",
    `GITHUB_REPOSITORY is ${text === "" ? "not set" : JSON.stringify(text)}. It must be the repository, ` +
      "as owner/name; GitHub Actions sets it by itself.",
  );
}
