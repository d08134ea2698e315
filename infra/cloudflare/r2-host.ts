/** The object storage of an account. */
interface AccountStorage {
  readonly accountId: string;
  /** Where Cloudflare promises to keep the data. @default none */
  readonly jurisdiction?: "eu" | "fedramp";
}

/** The host of an account's R2 in its jurisdiction, for requests with the bucket in their path. */
export function r2Host({ accountId, jurisdiction }: AccountStorage): string {
  return [accountId, jurisdiction, "r2.cloudflarestorage.com"].filter(Boolean).join(".");
}
