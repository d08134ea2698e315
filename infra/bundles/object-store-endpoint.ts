import { objectStoreHost } from "../connector/object-store-host.ts";
import type { StateBackend } from "../connector/specification.ts";
import { UserError } from "../errors.ts";

/**
 * Where Terraform finds the state: S3 at AWS_ENDPOINT_URL_S3 where that is set. The address of R2 is part of the
 * stack, which is worth more to Terraform than the variable.
 *
 * @throws UserError when the variable is no address.
 */
export function objectStoreEndpoint(
  backend: Extract<StateBackend, { type: "r2" | "s3" }>,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const named = backend.type === "s3" ? (environment["AWS_ENDPOINT_URL_S3"] ?? "") : "";
  if (named === "") return `https://${objectStoreHost(backend)}`;
  const url = URL.canParse(named) ? new URL(named) : undefined;
  const isPlain = url !== undefined && url.username + url.password + url.search + url.hash === "";
  if (isPlain && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, "");
  // It is not shown: what is wrong with it may be a password in it.
  throw new UserError(
    "bucket-endpoint",
    "AWS_ENDPOINT_URL_S3 is not the address of an object store. Write it as https://s3.example.com, without user, " +
      "password and query; credentials belong in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
  );
}
