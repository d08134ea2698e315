// AWS Signature Version 4 as a store checks it, with nothing of the signing library in it.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
import { createHash, createHmac } from "node:crypto";

export interface SignedRequest {
  readonly method: string;
  /** As it came in: path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/** S3's code for what is wrong with a request; undefined when the signer signed it. */
export function signatureFault({ method, target, headers }: SignedRequest, signer: Signer) {
  const valueOf = (name: string) => String(headers[name] ?? "");
  const parts = AUTHORIZATION.exec(valueOf("authorization"));
  const [, keyId, day = "", region = "", names = "", signature] = parts ?? [];
  if (parts === null) return "AccessDenied";
  if (keyId !== signer.accessKeyId) return "InvalidAccessKeyId";
  const signed = names.split(";");
  const mustBeSigned = Object.keys(headers).filter((name) => name === "host" || name.startsWith("x-amz-"));
  if (!mustBeSigned.every((name) => signed.includes(name))) return "AccessDenied";

  const [path = "", query = ""] = target.split("?");
  const canonical = [
    method,
    path.split("/").map(canonicalSegment).join("/"),
    query,
    ...signed.map((name) => `${name}:${valueOf(name).trim()}`),
    "",
    names,
    valueOf("x-amz-content-sha256"),
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", valueOf("x-amz-date"), scope, sha256(canonical)].join("\n");
  const key = [day, region, "s3", "aws4_request"].reduce<Buffer>(
    (previous, part) => hmac(previous, part),
    Buffer.from(`AWS4${signer.secretAccessKey}`),
  );
  return hmac(key, text).toString("hex") === signature ? undefined : "SignatureDoesNotMatch";
}

/** Each octet but the unreserved ones is escaped, once, however it came in. */
function canonicalSegment(segment: string): string {
  return [...Buffer.from(decodeURIComponent(segment))]
    .map((octet) => {
      const character = String.fromCharCode(octet);
      return /[\w.~-]/.test(character) ? character : `%${octet.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
