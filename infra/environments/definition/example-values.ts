import type { Environment } from "../environment.ts";
import { parsedUrl } from "../../url/parsed-url.ts";

/** A value of the shipped examples that means nothing in a real account. */
export interface ExampleValue {
  /** Where it is, for example `sites[0].zoneId`. */
  readonly path: string;
  readonly value: string;
}

const EXAMPLE_ACCOUNT = "0123456789abcdef0123456789abcdef";
const EXAMPLE_ZONE = "fedcba9876543210fedcba9876543210";
const EXAMPLE_CUSTOMER = "acme";

interface PlacedSite {
  readonly hostname: string | undefined;
  readonly zoneId?: string | undefined;
  readonly zoneName?: string | undefined;
}

/** Example values that were left in an environment, or in what is known of one. */
export function exampleValues(
  environment: Partial<Omit<Environment, "sites">> & {
    readonly sites?: readonly (PlacedSite | undefined)[];
  },
): readonly ExampleValue[] {
  const found: ExampleValue[] = [];
  const look = (path: string, value: string | undefined, isExample: (value: string) => boolean) => {
    if (value !== undefined && isExample(value)) found.push({ path, value });
  };
  look("accountId", environment.accountId, (id) => id === EXAMPLE_ACCOUNT || isOneDigit(id));
  environment.sites?.forEach((site, index) => {
    const path = `sites[${index}]`;
    look(`${path}.zoneId`, site?.zoneId, (id) => id === EXAMPLE_ZONE || isOneDigit(id));
    look(`${path}.zoneName`, site?.zoneName, isExampleName);
    look(`${path}.hostname`, site?.hostname, isExampleName);
  });
  const { queueIt, secrets } = environment;
  look("queueIt.customerId", queueIt?.customerId, (id) => id.toLowerCase() === EXAMPLE_CUSTOMER);
  look("queueIt.verifyAction.url", queueIt?.verifyAction?.url, isExampleUrl);
  look("queueIt.directPass.url", queueIt?.directPass?.url, isExampleUrl);
  if (secrets?.strategy === "secrets-store") look("secrets.storeId", secrets.storeId, isOneDigit);
  return found;
}

/** Names that belong to nobody: RFC 2606 and RFC 6761. */
function isExampleName(hostname: string): boolean {
  return /(^|\.)(example\.(com|net|org)|example|test|invalid|localhost)$/i.test(hostname);
}

function isExampleUrl(url: string): boolean {
  const hostname = parsedUrl(url)?.hostname;
  return hostname !== undefined && isExampleName(hostname);
}

/** Placeholders such as 32 zeros. */
function isOneDigit(id: string): boolean {
  return /^(.)\1*$/.test(id);
}
