import { execFile } from "node:child_process";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { objectStoreEndpoint } from "../../../infra/bundles/object-store-endpoint.ts";
import type { StateBackend } from "../../../infra/environments/definition/state-backend.ts";
import { hasTerraform, TERRAFORM } from "../../support/terraform.ts";

const S3 = { type: "s3", region: "eu-west-1", bucket: "states", key: "q/s.tfstate" } as const;

const CONFIG = `
[default]
region = eu-central-1
[profile store]
endpoint_url = http://profile.test:9000
[profile services]
endpoint_url = http://profile.test:9000
services = minio
[services minio]
s3 =
  endpoint_url = http://services.test:9000/base
[profile others]
endpoint_url = http://profile.test:9000
services = others
[services others]
dynamodb =
  endpoint_url = http://dynamodb.test:9000
[profile names]
use_fips_endpoint = true
use_dualstack_endpoint = true
[profile half]
use_fips_endpoint = true
use_dualstack_endpoint = true
[profile ignores]
ignore_configured_endpoint_urls = true
endpoint_url = http://profile.test:9000
`;

const ODD_CONFIG = `\uFEFF[default]
endpoint_url = http://lost-behind-a-byte-order-mark.test:9000
[ profile\t  odd ] ; why
region : eu-central-1
ENDPOINT_URL = "http://odd.test:9000" # why
no line of such a file
[profile folded]
services = folded
[services folded]
S3 =\r
  Endpoint_URL: 'http://folded.test:9000'
[profile colon]
endpoint_url: http://colon.test:9000
[profile twice]
endpoint_url = http://first.test:9000
[profile orphan]
  endpoint_url = http://orphan.test:9000 # why
[profile twice]
endpoint_url = http://second.test:9000
[profile only-services]
services = folded
`;

const CREDENTIALS = `
[store]
endpoint_url = http://credentials.test:9000
[half]
use_fips_endpoint = false
[keys]
endpoint_url = http://keys.test:9000
services = keys
[services keys]
s3 =
  endpoint_url = http://services-of-keys.test:9000
`;

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "test-aws-"));
  await mkdir(join(home, ".aws"));
  await writeFile(join(home, ".aws/config"), CONFIG);
  await writeFile(join(home, "other-config"), "[default]\nendpoint_url = http://other.test:9000\n");
  await writeFile(join(home, "odd-config"), ODD_CONFIG);
  await writeFile(join(home, ".aws/credentials"), CREDENTIALS);
  await writeFile(join(home, "other-credentials"), "[default]\nendpoint_url = http://others.test:9000\n");
  await writeFile(join(home, "fips-credentials"), "[default]\nuse_fips_endpoint = true\n");
});

type Variables = Readonly<Record<string, string>>;
const ALL = {
  AWS_ENDPOINT_URL_S3: "http://s3.test:9000",
  AWS_S3_ENDPOINT: "http://old.test:9000",
  AWS_ENDPOINT_URL: "http://all.test:9000",
};
const WITHOUT_S3 = { ...ALL, AWS_ENDPOINT_URL_S3: "" };

const CASES: readonly [variables: Variables, endpoint: string, region?: string][] = [
  [{}, "https://s3.eu-west-1.amazonaws.com"],
  [{ AWS_REGION: "us-west-2", AWS_DEFAULT_REGION: "us-west-2" }, "https://s3.eu-west-1.amazonaws.com"],
  [{}, "https://s3.cn-north-1.amazonaws.com.cn", "cn-north-1"],
  [{}, "https://s3.us-gov-west-1.amazonaws.com", "us-gov-west-1"],
  [{}, "https://s3.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"],
  [{}, "https://s3.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1"],
  [{}, "https://s3.us-isof-south-1.csp.hci.ic.gov", "us-isof-south-1"],
  [{}, "https://s3.eu-isoe-west-1.cloud.adc-e.uk", "eu-isoe-west-1"],
  [{ AWS_USE_FIPS_ENDPOINT: "true" }, "https://s3-fips.us-east-1.amazonaws.com", "us-east-1"],
  [{ AWS_USE_DUALSTACK_ENDPOINT: "TRUE" }, "https://s3.dualstack.eu-west-1.amazonaws.com"],
  [{ AWS_PROFILE: "names" }, "https://s3-fips.dualstack.eu-west-1.amazonaws.com"],
  // What the profile switches on, a variable does not switch off.
  [
    { AWS_PROFILE: "names", AWS_USE_FIPS_ENDPOINT: "false", AWS_USE_DUALSTACK_ENDPOINT: "false" },
    "https://s3-fips.dualstack.eu-west-1.amazonaws.com",
  ],
  [{ AWS_PROFILE: "ignores", AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false" }, "http://profile.test:9000"],
  [ALL, "http://s3.test:9000"],
  [WITHOUT_S3, "http://old.test:9000"],
  [{ AWS_ENDPOINT_URL: ALL.AWS_ENDPOINT_URL }, "http://all.test:9000"],
  [{ AWS_ENDPOINT_URL: ALL.AWS_ENDPOINT_URL, AWS_PROFILE: "services" }, "http://all.test:9000"],
  [{ AWS_ENDPOINT_URL_S3: "", AWS_S3_ENDPOINT: "", AWS_PROFILE: "store" }, "http://profile.test:9000"],
  [{ AWS_DEFAULT_PROFILE: "store" }, "http://profile.test:9000"],
  [{ AWS_PROFILE: "services" }, "http://services.test:9000/base"],
  [{ AWS_PROFILE: "others" }, "http://profile.test:9000"],
  [{ AWS_CONFIG_FILE: "other-config" }, "http://other.test:9000"],
  [{ AWS_PROFILE: "ignores" }, "https://s3.eu-west-1.amazonaws.com"],
  // The shared configuration file is worth more than the other, also where it is not there.
  [{ AWS_SHARED_CONFIG_FILE: "other-config" }, "http://other.test:9000"],
  [{ AWS_SHARED_CONFIG_FILE: "other-config", AWS_CONFIG_FILE: "odd-config" }, "http://other.test:9000"],
  [{ AWS_SHARED_CONFIG_FILE: "none", AWS_CONFIG_FILE: "other-config" }, "https://s3.eu-west-1.amazonaws.com"],
  [{ AWS_SHARED_CONFIG_FILE: "", AWS_CONFIG_FILE: "other-config" }, "http://other.test:9000"],
  [{ AWS_SHARED_CONFIG_FILE: "~/other-config" }, "http://other.test:9000"],
  [{ AWS_SHARED_CONFIG_FILE: "${HOME}/other-config" }, "http://other.test:9000"],
  [
    { AWS_SHARED_CREDENTIALS_FILE: "$HOME/other-credentials", AWS_CONFIG_FILE: "none" },
    "http://others.test:9000",
  ],
  [
    { AWS_SHARED_CREDENTIALS_FILE: "~/other-credentials", AWS_CONFIG_FILE: "none" },
    "http://others.test:9000",
  ],
  // A profile in both files is the configuration's, but for the names of Amazon's hosts.
  [{ AWS_SHARED_CREDENTIALS_FILE: "other-credentials" }, "https://s3.eu-west-1.amazonaws.com"],
  [{ AWS_SHARED_CREDENTIALS_FILE: "fips-credentials" }, "https://s3-fips.eu-west-1.amazonaws.com"],
  [{ AWS_PROFILE: "half" }, "https://s3.dualstack.eu-west-1.amazonaws.com"],
  [{ AWS_PROFILE: "keys" }, "http://services-of-keys.test:9000"],
  [{ AWS_PROFILE: "keys", AWS_ENDPOINT_URL: "" }, "http://keys.test:9000"],
  [{ AWS_PROFILE: "services", AWS_ENDPOINT_URL: "" }, "http://profile.test:9000"],
  [
    { AWS_PROFILE: "services", AWS_ENDPOINT_URL: "", AWS_ENDPOINT_URL_S3: "" },
    "http://services.test:9000/base",
  ],
  // Odd files.
  [
    { AWS_CONFIG_FILE: "odd-config", AWS_SHARED_CREDENTIALS_FILE: "none" },
    "https://s3.eu-west-1.amazonaws.com",
  ],
  [{ AWS_CONFIG_FILE: "odd-config", AWS_PROFILE: "odd" }, "http://odd.test:9000"],
  [{ AWS_CONFIG_FILE: "odd-config", AWS_PROFILE: "folded" }, "http://folded.test:9000"],
  [{ AWS_CONFIG_FILE: "odd-config", AWS_PROFILE: "only-services" }, "http://folded.test:9000"],
  [
    { AWS_CONFIG_FILE: "odd-config", AWS_PROFILE: "only-services", AWS_ENDPOINT_URL: "" },
    "https://s3.eu-west-1.amazonaws.com",
  ],
  [{ AWS_CONFIG_FILE: "odd-config", AWS_PROFILE: "colon" }, "http://colon.test:9000"],
  [{ AWS_CONFIG_FILE: "odd-config", AWS_PROFILE: "twice" }, "http://second.test:9000"],
  [{ AWS_CONFIG_FILE: "odd-config", AWS_PROFILE: "orphan" }, "http://orphan.test:9000"],
  [{ ...ALL, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }, "http://s3.test:9000"],
  [
    { AWS_ENDPOINT_URL: ALL.AWS_ENDPOINT_URL, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" },
    "https://s3.eu-west-1.amazonaws.com",
  ],
];

/** The variables of a case, with the home and the files of these tests. */
function environmentOf(variables: Variables): Variables {
  const entries = Object.entries(variables);
  return { HOME: home, ...Object.fromEntries(entries.map(([name, value]) => [name, inHome(name, value)])) };
}

function inHome(name: string, value: string): string {
  return /_FILE$/.test(name) && /^[\w-]+$/.test(value) ? join(home, value) : value;
}

it.each<(typeof CASES)[number]>(CASES)(
  "with %j the bundles are at %s",
  async (...[variables, endpoint, region]) => {
    expect(await objectStoreEndpoint({ ...S3, region: region ?? S3.region }, environmentOf(variables))).toBe(
      endpoint,
    );
  },
);

describe("the bundles are beside the state", () => {
  it("in R2 always in the account's own, whatever the variables say", async () => {
    const r2 = { type: "r2", accountId: "0123abcd", bucket: "states", key: "s.tfstate" } as const;
    const states: readonly Extract<StateBackend, { type: "r2" }>[] = [r2, { ...r2, jurisdiction: "eu" }];
    const endpoints = states.map((state) => objectStoreEndpoint(state, environmentOf(ALL)));
    expect(await Promise.all(endpoints)).toEqual([
      "https://0123abcd.r2.cloudflarestorage.com",
      "https://0123abcd.eu.r2.cloudflarestorage.com",
    ]);
  });

  it.each<[Variables, string]>([
    [{ AWS_ENDPOINT_URL: "minio:9000" }, "AWS_ENDPOINT_URL is not the address"],
    [{ AWS_S3_ENDPOINT: "http://me:fake-password@minio" }, "AWS_S3_ENDPOINT is not the address"],
    [{ AWS_ENDPOINT_URL_S3: "http://minio:9000\n" }, "AWS_ENDPOINT_URL_S3 is not the address"],
    [{ AWS_USE_FIPS_ENDPOINT: "1" }, "AWS_USE_FIPS_ENDPOINT"],
    [{ AWS_CONFIG_FILE: "./config" }, "AWS_CONFIG_FILE is "],
    [{ AWS_CONFIG_FILE: "~/other-config" }, "Write the absolute path"],
    [{ AWS_SHARED_CONFIG_FILE: "~nobody/config" }, "AWS_SHARED_CONFIG_FILE is "],
    [{ AWS_SHARED_CREDENTIALS_FILE: "./credentials" }, "AWS_SHARED_CREDENTIALS_FILE is "],
    [{ AWS_SHARED_CREDENTIALS_FILE: "/" }, "cannot be read"],
    [{ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "yes" }, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"],
  ])("or nothing is done: %j", async (variables, words) => {
    const error: unknown = await objectStoreEndpoint(S3, environmentOf(variables)).catch(
      (reason: unknown) => reason,
    );
    expect(String(error)).toContain(words);
    expect(String(error)).not.toContain("fake-password");
  });
});

describe.skipIf(!hasTerraform)("Terraform itself", () => {
  /** A proxy that lets nothing through, and remembers who was asked for what. */
  const asked = new Map<string, string>();
  const proxy = createServer((request, response) => {
    const { authorization = "" } = request.headers;
    asked.set(keyIn(request.headers["proxy-authorization"]), request.url ?? "");
    response.writeHead(404).end(authorization.slice(0, 0));
  }).on("connect", (request, socket) => {
    asked.set(
      keyIn(request.headers["proxy-authorization"]),
      `https://${request.url?.replace(/:443$/, "/") ?? ""}`,
    );
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  beforeAll(() => new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve)));
  afterAll(() => new Promise((resolve) => proxy.close(resolve)));

  it("looks for the state in the same places", async () => {
    const found = await Promise.all(
      CASES.map(([variables, , region], index) => ask(variables, region, String(index))),
    );
    expect(found).toEqual(CASES.map(([, endpoint]) => endpoint));
  });

  async function ask(variables: Variables, region: string = S3.region, who: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "test-s3-"));
    const skips = Object.fromEntries(
      ["credentials_validation", "requesting_account_id", "metadata_api_check"].map((name) => [
        `skip_${name}`,
        true,
      ]),
    );
    const { bucket, key } = S3;
    const backend = {
      s3: { bucket, key, region, encrypt: true, use_lockfile: true, max_retries: 0, ...skips },
    };
    await writeFile(join(folder, "main.tf.json"), JSON.stringify({ terraform: { backend } }));
    const address = proxy.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const through = `http://case:${who}@127.0.0.1:${port}`;
    const env = {
      PATH: process.env["PATH"] ?? "",
      CHECKPOINT_DISABLE: "1",
      AWS_ACCESS_KEY_ID: "fake",
      AWS_SECRET_ACCESS_KEY: "fake",
      AWS_EC2_METADATA_DISABLED: "true",
      HTTP_PROXY: through,
      HTTPS_PROXY: through,
      ...environmentOf(variables),
    };
    await new Promise((resolve) =>
      execFile(TERRAFORM, ["init", "-input=false"], { cwd: folder, env }, resolve),
    );
    return withoutBucket(asked.get(who) ?? "nowhere");
  }
});

function keyIn(credentials: string | undefined): string {
  return Buffer.from(credentials?.split(" ")[1] ?? "", "base64")
    .toString()
    .replace("case:", "");
}

/** Terraform puts the bucket before the host. */
function withoutBucket(url: string): string {
  return url.replace("://states.", "://").replace(/\/?(\?.*)?$/, "");
}
