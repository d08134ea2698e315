/** Which of Amazon's names of one region is used: they lead to the same buckets. */
export interface AmazonEndpointKind {
  readonly fips: boolean;
  readonly dualstack: boolean;
}

/**
 * Domains of the partitions, by the beginning of their regions. Measured with Terraform 1.11.4; eusc-* is
 * read.
 */
const DOMAINS: readonly (readonly [beginning: string, domain: string])[] = [
  ["cn-", "amazonaws.com.cn"],
  ["us-iso-", "c2s.ic.gov"],
  ["us-isob-", "sc2s.sgov.gov"],
  ["us-isof-", "csp.hci.ic.gov"],
  ["eu-isoe-", "cloud.adc-e.uk"],
  ["eusc-", "amazonaws.eu"],
];

/** The host of Amazon S3 in a region, for requests with the bucket in their path. */
export function amazonHost(region: string, { fips, dualstack }: AmazonEndpointKind): string {
  const [, domain = "amazonaws.com"] = DOMAINS.find(([beginning]) => region.startsWith(beginning)) ?? [];
  return [fips ? "s3-fips" : "s3", ...(dualstack ? ["dualstack"] : []), region, domain].join(".");
}
