import { homedir } from "node:os";
import { join } from "node:path";
import { loadSharedConfigFiles } from "@smithy/shared-ini-file-loader";

type Variables = Readonly<Record<string, string | undefined>>;

/** What an AWS profile says of where S3 is, under the names it has in the file. */
export interface AwsProfile {
  readonly endpointUrl: string | undefined;
  readonly useFips: string | undefined;
  readonly useDualstack: string | undefined;
  readonly ignoreEndpointUrls: string | undefined;
}

/**
 * The profile that Terraform takes: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`, in the file that AWS_CONFIG_FILE names
 * or ~/.aws/config. Its credentials are not looked at. Empty where there is no such file or profile.
 *
 * @param variables None of them empty.
 */
export async function awsProfile(variables: Variables): Promise<AwsProfile> {
  const name = variables["AWS_PROFILE"] ?? variables["AWS_DEFAULT_PROFILE"] ?? "default";
  const folder = join(variables["HOME"] ?? homedir(), ".aws");
  const { configFile } = await loadSharedConfigFiles({
    configFilepath: variables["AWS_CONFIG_FILE"] ?? join(folder, "config"),
    filepath: variables["AWS_SHARED_CREDENTIALS_FILE"] ?? join(folder, "credentials"),
    ignoreCache: true,
  });
  const profile = configFile[name];
  const services = configFile[`services.${profile?.["services"] ?? ""}`];
  return {
    endpointUrl: services?.["s3.endpoint_url"] ?? profile?.["endpoint_url"],
    useFips: profile?.["use_fips_endpoint"],
    useDualstack: profile?.["use_dualstack_endpoint"],
    ignoreEndpointUrls: profile?.["ignore_configured_endpoint_urls"],
  };
}
