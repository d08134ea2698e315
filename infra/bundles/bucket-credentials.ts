import { UserError } from "../errors/user-error.ts";

export interface BucketCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Only temporary credentials have one. */
  readonly sessionToken?: string;
}

const REQUIRED = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const;
const OPTIONAL = "AWS_SESSION_TOKEN";

/**
 * The credentials that Terraform takes for its state in a bucket.
 *
 * @throws UserError with the names of the variables, never their values.
 */
export function bucketCredentials(
  variables: Readonly<Record<string, string | undefined>>,
  bucket: string,
): BucketCredentials {
  const valueOf = (name: string) => variables[name] ?? "";
  const missing = REQUIRED.filter((name) => valueOf(name) === "");
  if (missing.length > 0) throw credentialsMissing(bucket, missing);
  // In a header they would be refused, with an error that repeats them.
  const broken = [...REQUIRED, OPTIONAL].filter((name) => /[^\x21-\x7e]/.test(valueOf(name)));
  if (broken.length > 0) {
    throw new UserError(
      "bucket-credentials-unclean",
      `${broken.join(" and ")} cannot be right: a space, a line break or a character in it is one that a ` +
        "credential never has. Copy it again, on one line.",
    );
  }
  const [accessKeyId, secretAccessKey] = [valueOf(REQUIRED[0]), valueOf(REQUIRED[1])];
  const sessionToken = valueOf(OPTIONAL);
  return { accessKeyId, secretAccessKey, ...(sessionToken !== "" && { sessionToken }) };
}

/** There are no credentials for a bucket. @param missing The variables that are to be set. */
export function credentialsMissing(bucket: string, missing: readonly string[] = REQUIRED): UserError {
  return new UserError(
    "bucket-credentials-missing",
    `The bucket ${bucket} holds the state and the bundles. Set ${missing.join(" and ")} to credentials ` +
      "that may read and write its objects: in R2, those of a token with Object Read & Write. AWS " +
      'profiles and roles are not read here; `eval "$(aws configure export-credentials --format env)"` ' +
      "turns them into variables.",
  );
}
