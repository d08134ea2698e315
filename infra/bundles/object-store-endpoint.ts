import { r2Host } from "../cloudflare/r2-host.ts";
import type { StateBackend } from "../environments/definition/state-backend.ts";
import { UserError } from "../errors/user-error.ts";
import { amazonHost } from "./amazon-host.ts";
import { type AwsProfile, awsProfile } from "./aws-profile.ts";
import { parsedUrl } from "../url/parsed-url.ts";
import type { Variables } from "../variables/command-variables.ts";

/**
 * Where Terraform finds the state. The address of R2 is part of the stack, which is worth more to Terraform
 * than any variable. For S3 it is, in this order (measured with Terraform 1.11.4): AWS_ENDPOINT_URL_S3,
 * AWS_S3_ENDPOINT, AWS_ENDPOINT_URL, the profile's `s3` service, the profile's `endpoint_url`, Amazon.
 * AWS_IGNORE_CONFIGURED_ENDPOINT_URLS switches the last three of these names off, and not the first two.
 *
 * @throws UserError when a variable or the profile names no address, or a switch is neither on nor off.
 */
export async function objectStoreEndpoint(
  backend: Extract<StateBackend, { type: "r2" | "s3" }>,
  given: Variables,
): Promise<string> {
  if (backend.type === "r2") return `https://${r2Host(backend)}`;
  // An empty variable is none, for Terraform too.
  const variables = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  const profile = await awsProfile(variables);
  // Terraform asks whether the first is there at all: even empty, it keeps the profile's services out.
  const areServicesRead = given.AWS_ENDPOINT_URL === undefined || given.AWS_ENDPOINT_URL_S3 !== undefined;
  const { servicesEndpointUrl, endpointUrl } = profile;
  const ofProfile = areServicesRead ? (servicesEndpointUrl ?? endpointUrl) : endpointUrl;
  const named = namedEndpoint(variables, { ...profile, endpointUrl: ofProfile });
  if (named !== undefined) return addressIn(named.value, named.place);
  // What the profile switches on, the variable does not switch off.
  const isEither = (name: string, ofProfile: string | undefined) =>
    isOn(name, variables[name]) || isOn(name, ofProfile);
  const fips = isEither("AWS_USE_FIPS_ENDPOINT", profile.useFips);
  const dualstack = isEither("AWS_USE_DUALSTACK_ENDPOINT", profile.useDualstack);
  return `https://${amazonHost(backend.region, { fips, dualstack })}`;
}

function namedEndpoint(
  variables: Variables,
  { endpointUrl, ignoreEndpointUrls }: AwsProfile,
): { readonly place: string; readonly value: string } | undefined {
  const ignore = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
  const isIgnored = isOn(ignore, variables[ignore] ?? ignoreEndpointUrls);
  const places = [
    ...(["AWS_ENDPOINT_URL_S3", "AWS_S3_ENDPOINT"] as const).map((name) => ({
      place: name,
      value: variables[name],
    })),
    ...(isIgnored
      ? []
      : [
          { place: "AWS_ENDPOINT_URL", value: variables.AWS_ENDPOINT_URL },
          { place: "endpoint_url of the AWS profile", value: endpointUrl },
        ]),
  ];
  return places.flatMap(({ place, value }) => (value === undefined ? [] : [{ place, value }]))[0];
}

/** A switch as AWS reads it; left out it is off. */
function isOn(name: string, text = "false"): boolean {
  const value = text.toLowerCase();
  if (value === "true" || value === "false") return value === "true";
  throw new UserError(
    "bucket-switch",
    `${name}, or the setting of the same name in the AWS profile, is neither true nor false, and ` +
      "Terraform accepts nothing else. Write one of the two, or unset it.",
  );
}

function addressIn(text: string, place: string): string {
  const url = parsedUrl(text);
  const isPlain =
    url !== undefined && !/\s/.test(text) && url.username + url.password + url.search + url.hash === "";
  if (isPlain && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, "");
  // It is not shown: what is wrong with it may be a password in it.
  throw new UserError(
    "bucket-endpoint",
    `${place} is not the address of an object store. Write it as https://s3.example.com, without a ` +
      "user, password or query; credentials belong in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
  );
}
