import type { VariableList } from "./command-variable.ts";

const BUCKET = "what keeps a state or bundles in a bucket, Terraform";
const NONE = "none";

export const AWS = {
  AWS_ACCESS_KEY_ID: {
    meaning: "Of the bucket with Terraform's state.",
    readBy: BUCKET,
    standard: "none: R2 needs it; for S3, Terraform may find credentials elsewhere",
  },
  AWS_SECRET_ACCESS_KEY: {
    meaning: "Of the bucket with Terraform's state.",
    readBy: BUCKET,
    standard: "as `AWS_ACCESS_KEY_ID`",
    secret: "of-terraform",
  },
  AWS_SESSION_TOKEN: {
    meaning: "The third part of temporary credentials.",
    readBy: BUCKET,
    standard: NONE,
    secret: "of-terraform",
  },
  AWS_PROFILE: { meaning: "Profile of AWS.", readBy: BUCKET, standard: "`AWS_DEFAULT_PROFILE`" },
  AWS_DEFAULT_PROFILE: { meaning: "The same, after it.", readBy: BUCKET, standard: "`default`" },
  AWS_CONFIG_FILE: {
    meaning: "File with profiles of AWS; its whole path.",
    readBy: BUCKET,
    standard: "`~/.aws/config`",
  },
  AWS_SHARED_CONFIG_FILE: {
    meaning: "The same; it comes before `AWS_CONFIG_FILE`.",
    readBy: BUCKET,
    standard: "`AWS_CONFIG_FILE`",
  },
  AWS_SHARED_CREDENTIALS_FILE: {
    meaning: "File with credentials of AWS; its whole path.",
    readBy: BUCKET,
    standard: "`~/.aws/credentials`",
  },
  AWS_ENDPOINT_URL_S3: {
    meaning: "Address of an object store in place of Amazon's. Not for R2, whose address an environment has.",
    readBy: BUCKET,
    standard: "`AWS_S3_ENDPOINT`, then `AWS_ENDPOINT_URL`, the profile's, Amazon's",
  },
  AWS_S3_ENDPOINT: { meaning: "The same, under Terraform's older name.", readBy: BUCKET, standard: NONE },
  AWS_ENDPOINT_URL: { meaning: "The same, for all services.", readBy: BUCKET, standard: NONE },
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: {
    meaning: "`true` leaves `AWS_ENDPOINT_URL` and the profile's addresses out.",
    readBy: BUCKET,
    standard: "the profile's, else `false`",
  },
  AWS_USE_FIPS_ENDPOINT: {
    meaning: "`true` takes Amazon's FIPS addresses.",
    readBy: BUCKET,
    standard: "the profile's, else `false`",
  },
  AWS_USE_DUALSTACK_ENDPOINT: {
    meaning: "`true` takes Amazon's addresses that have IPv6.",
    readBy: BUCKET,
    standard: "the profile's, else `false`",
  },
} as const satisfies VariableList;
