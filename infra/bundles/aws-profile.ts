import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { UserError } from "../errors/user-error.ts";
import { readAwsIni, type Section } from "./aws-ini.ts";

type Variables = Readonly<Record<string, string | undefined>>;
type Sections = ReadonlyMap<string, Section>;

/** What an AWS profile says of where S3 is, under the names it has in the file. */
export interface AwsProfile {
  readonly endpointUrl: string | undefined;
  /** What the profile's services say of S3. */
  readonly servicesEndpointUrl: string | undefined;
  readonly useFips: string | undefined;
  readonly useDualstack: string | undefined;
  readonly ignoreEndpointUrls: string | undefined;
}

/**
 * The profile that Terraform takes: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`. It is in the file that
 * AWS_SHARED_CONFIG_FILE names, or AWS_CONFIG_FILE, or ~/.aws/config, and in the one that
 * AWS_SHARED_CREDENTIALS_FILE names, or ~/.aws/credentials. Of a profile in both, the second file only adds
 * to the names of Amazon's hosts (measured with Terraform 1.11.4). Its credentials are not looked at. Empty
 * where there is no such file or profile.
 *
 * @param variables None of them empty.
 * @throws UserError when a file is named in a way that Terraform does not take, or that means another file to
 *   it.
 */
export async function awsProfile(variables: Variables): Promise<AwsProfile> {
  const name = variables["AWS_PROFILE"] ?? variables["AWS_DEFAULT_PROFILE"] ?? "default";
  const [configFile, credentialsFile] = await Promise.all([
    sectionsIn(configPath(variables)),
    sectionsIn(
      expandedPath("AWS_SHARED_CREDENTIALS_FILE", variables) ?? inHome(".aws/credentials", variables),
    ),
  ]);
  const inConfig =
    configFile.get(`profile ${name}`) ?? (name === "default" ? configFile.get(name) : undefined);
  const inCredentials = credentialsFile.get(name);
  const profile = inConfig ?? inCredentials;
  const textOf = (property: string) => {
    const text = profile?.get(property)?.text;
    return text === "" ? undefined : text;
  };
  const switchOf = (property: string) => inCredentials?.get(property)?.text ?? profile?.get(property)?.text;
  const services = `services ${textOf("services") ?? ""}`;
  const ofServices = configFile.get(services) ?? credentialsFile.get(services);
  return {
    endpointUrl: textOf("endpoint_url"),
    servicesEndpointUrl: ofServices?.get("s3")?.nested.get("endpoint_url"),
    useFips: switchOf("use_fips_endpoint"),
    useDualstack: switchOf("use_dualstack_endpoint"),
    ignoreEndpointUrls: textOf("ignore_configured_endpoint_urls"),
  };
}

function configPath(variables: Variables): string {
  const shared = expandedPath("AWS_SHARED_CONFIG_FILE", variables);
  if (shared !== undefined) return shared;
  const { AWS_CONFIG_FILE: file } = variables;
  // Terraform leaves this one as it is written, also with a tilde or a variable in it.
  return file === undefined ? inHome(".aws/config", variables) : fullPath("AWS_CONFIG_FILE", file);
}

/** What a variable names, with variables and the home folder in it put in their places. */
function expandedPath(name: string, variables: Variables): string | undefined {
  const written = variables[name];
  if (written === undefined) return undefined;
  const path = written.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (_all, braced?: string, plain?: string) => variables[braced ?? plain ?? ""] ?? "",
  );
  return fullPath(name, /^~(?:\/|$)/.test(path) ? inHome(path.slice(1), variables) : path);
}

function inHome(path: string, variables: Variables): string {
  return join(variables["HOME"] ?? homedir(), path);
}

/** Terraform runs in the folder of the stack: a path from here would be another file there. */
function fullPath(name: string, path: string): string {
  if (isAbsolute(path)) return path;
  throw new UserError(
    "aws-file-relative",
    `${name} is ${JSON.stringify(path)}, which Terraform reads as another file than this command does: ` +
      "Terraform runs in another folder. Where the state and the bundles are may depend on it. Write the " +
      "absolute path, beginning with /.",
  );
}

/** A file that is not there, or not to be opened, is empty to Terraform. */
async function sectionsIn(path: string): Promise<Sections> {
  try {
    return readAwsIni(await readFile(path, "utf8"));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EACCES") return new Map();
    throw new UserError(
      "aws-file-unreadable",
      `The AWS file ${JSON.stringify(path)} cannot be read (${String(code)}), and Terraform stops at it ` +
        "too. Fix the path in AWS_SHARED_CONFIG_FILE, AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE, or " +
        "unset it.",
    );
  }
}
