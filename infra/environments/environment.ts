/**
 * What a team writes down for one environment: plain data, no code, no Cloudflare or Terraform objects.
 * `defineEnvironment` only gives the types; `definition/validation.ts` checks all environments together.
 */
export interface Environment {
  /** Cloudflare account id: 32 hexadecimal characters, shown in the dashboard's address bar. */
  readonly accountId: string;
  /** Name of the Worker, unique in the account: lower-case letters, digits, dashes and underscores, at most 63. */
  readonly workerName: string;
  /** Sites that get the waiting room. At least one. */
  readonly sites: readonly [Site, ...Site[]];
  /** Queue-it account and connector features. */
  readonly queueIt: QueueItSettings;
  /**
   * Who owns the integration configuration.
   * @default { owner: "publish" }
   */
  readonly integrationConfiguration?: IntegrationConfigurationOwner;
  /**
   * Where the Worker's secrets come from. They are never written in an environment.
   * @default { strategy: "variables" }
   */
  readonly secrets?: SecretsStrategy;
  /**
   * What visitors get while the connector itself fails: `open` lets the site answer, `closed` answers 503.
   * @default "open"
   */
  readonly failure?: "open" | "closed";
  /**
   * Logs of the Worker in the Cloudflare dashboard.
   * @default { enabled: true, samplingRate: 1 }
   */
  readonly observability?: Observability;
  /**
   * Where Terraform keeps its state.
   * @default { type: "local" }
   */
  readonly backend?: Backend;
  /**
   * Name of the environment that has to run a bundle before this one may.
   * @default no such environment
   */
  readonly promotedFrom?: string;
  /**
   * Settings that are meant to differ from those of the environment it is promoted from. `queueit-cf promote`
   * shows any other difference as one to look at: the earlier environment has not tried it. A default that
   * one environment writes out and the other leaves out is no difference.
   * @default []
   */
  readonly meantToDiffer?: readonly SharedSetting[];
  /**
   * Times in which nothing is deployed, such as the days of a sale. A plan that changes something then has a high
   * risk, and `deploy`, `promote` and `destroy` want `--despite-freeze`; a rollback does not.
   * @default []
   */
  readonly freeze?: readonly FreezeWindow[];
  /**
   * The Worker's code: ours, or the vendor's bundle as a file.
   * @default { source: "bundled" }
   */
  readonly worker?: WorkerSource;
  /**
   * Title of the KV namespace that holds the integration configuration, unique in the account, at most 512
   * bytes.
   * @default "queueit-<environment>-integration-config"
   */
  readonly namespaceTitle?: string;
  /**
   * What the account has of this connector already, made by hand or by another tool: the first deploy takes it
   * over, by Terraform's import blocks, and makes no second one. `queueit-cf adopt` writes this. It has no
   * effect on what is in the state, so it may be deleted after the first deploy.
   * @default nothing is taken over
   */
  readonly adopted?: Adopted;
  /**
   * URLs and what has to become of them: the report of a plan shows each, and a broken expectation is a risk
   * of the highest level.
   * @default no expectations
   */
  readonly coverage?: Coverage;
}

/** Objects of an account, and how Cloudflare calls them. */
export interface Adopted {
  /**
   * Id of the KV namespace: 32 hexadecimal characters.
   * @default a namespace is made
   */
  readonly namespaceId?: string;
  /**
   * Whether that namespace holds an integration configuration. If it does, it stays as it is.
   * @default false
   */
  readonly configuration?: boolean;
  /**
   * Whether the Worker exists. The first deploy then uploads this environment's Worker in its place.
   * @default false
   */
  readonly worker?: boolean;
  /**
   * Routes that exist. Each has a pattern of this environment.
   * @default []
   */
  readonly routes?: readonly AdoptedRoute[];
}

export interface AdoptedRoute {
  /** Whole route pattern, for example `shop.example.com/static/*`. */
  readonly pattern: string;
  /** As the provider imports it: `<zone id>/<route id>`. */
  readonly id: string;
}

/** A setting that environments usually have in common. */
export type SharedSetting =
  | "integrationConfiguration"
  | "secrets"
  | "failure"
  | "observability"
  | "worker"
  | `queueIt.${keyof QueueItSettings}`;

/** Absolute https URLs on the environment's hostnames. */
export interface Coverage {
  /**
   * The Worker sees them; where a file owns the integration configuration, a Queue action applies to them
   * too. A Cancel action is none: it lets everybody without a session pass.
   * @default []
   */
  readonly protected?: readonly string[];
  /**
   * The Worker does not see them, and no invocation is paid.
   * @default []
   */
  readonly bypassed?: readonly string[];
  /**
   * The Worker sees them, and no action queues them or ends sessions there.
   * @default []
   */
  readonly ignored?: readonly string[];
}

/** One hostname and which of its paths the Worker sees. */
export type Site = SiteRoutes & ZoneReference;

/** The Cloudflare zone of a site: by id, or by name and then looked up by Terraform. Never both. */
export type ZoneReference =
  | {
      /** Zone id: 32 hexadecimal characters, on the zone's overview page. */
      readonly zoneId: string;
      readonly zoneName?: never;
    }
  | {
      /** Zone name, for example `example.com`, in its own letters or in punycode. Costs one read per plan. */
      readonly zoneName: string;
      readonly zoneId?: never;
    };

export interface SiteRoutes {
  /** Full hostname, for example `shop.example.com`; outside ASCII in its own letters or in punycode. */
  readonly hostname: string;
  /**
   * Paths the Worker sees. A path such as `/tickets*`, or a whole route pattern such as `shop.example.com/*`.
   * Cloudflare compares character by character, the query string included: `/tickets/*` takes neither
   * `/tickets` nor `/tickets?a=b`.
   * @default ["/*"]
   */
  readonly protect?: readonly string[];
  /**
   * Paths that skip the Worker (static assets): faster, and not paid for. Same forms as `protect`. An entry that names
   * another Worker goes to that Worker instead of the origin.
   * @default []
   */
  readonly bypass?: readonly BypassEntry[];
}

/** A path or route pattern past the connector: to the origin, or to another Worker. */
export type BypassEntry =
  | string
  | {
      /** Same forms as in `protect`. */
      readonly pattern: string;
      /** Name of the Worker that answers, in the same account. It has to be there before the deploy. */
      readonly worker: string;
    };

export interface QueueItSettings {
  /** Queue-it customer id, as in `<customer id>.queue-it.net`. */
  readonly customerId: string;
  /**
   * Adds a signed enqueue token to redirects, so that only visitors sent by the site can enter the waiting
   * room.
   * @default disabled
   */
  readonly enqueueToken?: EnqueueToken;
  /**
   * The visitor's address: from Cloudflare's header, or not given to Queue-it at all. Without it, sessions
   * that are bound to an address are accepted from any.
   * @default "cf-connecting-ip"
   */
  readonly clientIp?: "cf-connecting-ip" | "none";
  /**
   * Characters of a request body that triggers may look at, at most 2048; 0 never reads a body.
   * A body is read only while the current integration configuration has a trigger on it.
   * @default 2048
   */
  readonly requestBodyLimit?: number;
  /**
   * Which spellings of a URL the triggers of the integration configuration are tried on. `as-configured`: as
   * it came, or normalized where an action has `IsNormalizationEnabled`, as Queue-it's own connectors do it.
   * `normalized`: in every way in which a server may read it, for all actions; `/%74ickets` then queues like
   * `/tickets`, and `shop.example.com.:8443` like `shop.example.com`. Both work on what the routes bring to
   * the Worker: with `protect: ["/tickets*"]` it never sees `/%74ickets`, which is open; only `"/*"` brings
   * every spelling.
   * @default "as-configured"
   */
  readonly matching?: "as-configured" | "normalized";
  /**
   * What becomes of a CORS preflight to a page that queues: the question that a browser asks before a script's
   * call to another origin, without any cookie. `pass`: the site answers, and of its answer only the status and the
   * CORS headers come back. `queue`: it is redirected like any request, and browsers then refuse the call.
   * @default "pass"
   */
  readonly preflights?: "pass" | "queue";
  /**
   * What becomes of a page that queues and that a browser fetches ahead, to prefetch or prerender it. `refuse`:
   * it is answered with 503, which browsers drop. `queue`: it is redirected like any request, which may take a
   * place in the line for nobody.
   * @default "refuse"
   */
  readonly prefetches?: "refuse" | "queue";
  /**
   * Origins whose scripts may read the connector's own answers, such as where to wait, and may send its headers:
   * scheme, host and port, for example `https://www.example.com`. What the site answers is the site's to allow.
   * See `docs/ajax-and-apps.md`.
   * @default []
   */
  readonly allowedOrigins?: readonly string[];
  /**
   * Seconds an isolate keeps the integration configuration before it looks for a newer one, 10 to 86400.
   * @default 60
   */
  readonly configurationTtlSeconds?: number;
  /**
   * Endpoint that counts uses of a queue id. Queue-it tells customers its address.
   * @default not used
   */
  readonly verifyAction?: {
    /** HTTPS address of the endpoint. */
    readonly url: string;
  };
  /**
   * Endpoint that may let a visitor pass directly. Queue-it tells customers its address.
   * @default not used
   */
  readonly directPass?: {
    /** HTTPS address of the endpoint. */
    readonly url: string;
    /**
     * Milliseconds to wait for the endpoint, 800 to 5000.
     * @default 3000
     */
    readonly timeoutMs?: number;
  };
}

export interface EnqueueToken {
  /**
   * Milliseconds a token stays valid, 30000 to 86400000.
   * @default 240000
   */
  readonly validityMs?: number;
  /**
   * Gives each token a unique key, so that Queue-it accepts it once.
   * @default false
   */
  readonly key?: boolean;
}

export type IntegrationConfigurationOwner =
  | {
      /** Queue-it's platform publishes to the Worker; Terraform seeds the first value and then ignores it. */
      readonly owner: "publish";
      /**
       * JSON file with the first configuration, relative to the project's root.
       * @default a configuration without actions
       */
      readonly seed?: string;
    }
  | {
      /** The Worker fetches it on a schedule with the API key. */
      readonly owner: "pull";
      /**
       * Cron expression of the schedule, UTC, as Cloudflare reads it: the week begins with 1, Sunday.
       * Fetching more often than every minute is not possible.
       * @default "*\/5 * * * *"
       */
      readonly cron?: string;
      /**
       * JSON file with the first configuration, relative to the project's root.
       * @default a configuration without actions
       */
      readonly seed?: string;
    }
  | {
      /** A JSON file in the repository; Terraform owns the value, Queue-it's publish calls are refused. */
      readonly owner: "file";
      /** JSON file, relative to the project's root. */
      readonly path: string;
    };

export type SecretsStrategy =
  | {
      /** Sensitive Terraform variables (`TF_VAR_queueit_secret_key`): kept in Terraform's state. */
      readonly strategy: "variables";
    }
  | {
      /**
       * Cloudflare Secrets Store: the values are never in Terraform's state. An isolate reads them once, so a
       * rotated secret is used everywhere after the next deploy.
       */
      readonly strategy: "secrets-store";
      /** Id of the store: 32 hexadecimal characters. */
      readonly storeId: string;
      /**
       * Names of the secrets inside the store.
       * @default those of the Worker's bindings
       */
      readonly names?: {
        /**
         * Name of Queue-it's secret key.
         * @default "QUEUEIT_SECRET_KEY"
         */
        readonly secretKey?: string;
        /**
         * Name of Queue-it's API key.
         * @default "QUEUEIT_API_KEY"
         */
        readonly apiKey?: string;
        /**
         * Name of the direct-pass endpoint's proxy key.
         * @default "QUEUEIT_DIRECT_PASS_KEY"
         */
        readonly directPassKey?: string;
      };
    };

/** From one moment up to, and without, another. */
export interface FreezeWindow {
  /** ISO 8601 with its offset from UTC, for example `2026-11-27T00:00+01:00`, or `Z`. */
  readonly from: string;
  /** In the same form, later. */
  readonly until: string;
  /** Why, in a few words: whoever is refused reads it. At most 200 characters. */
  readonly why: string;
}

export interface Observability {
  /** Whether Cloudflare keeps the Worker's logs. */
  readonly enabled: boolean;
  /**
   * Share of requests that are logged, 0 to 1.
   * @default 1
   */
  readonly samplingRate?: number;
}

export type Backend =
  | {
      /**
       * A file on this machine. For trying things out: nobody else sees it and nothing locks it for others.
       */
      readonly type: "local";
      /**
       * Path of the state file, relative to the project's root.
       * @default "terraform.<environment>.tfstate"
       */
      readonly path?: string;
    }
  | {
      /** Cloudflare R2. Credentials come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
      readonly type: "r2";
      /** Name of the bucket, which has to be there. */
      readonly bucket: string;
      /**
       * Object key of the state.
       * @default "queueit/<environment>.tfstate"
       */
      readonly key?: string;
      /**
       * Jurisdiction of the bucket.
       * @default none
       */
      readonly jurisdiction?: "eu" | "fedramp";
    }
  | {
      /** Amazon S3. Credentials come from the usual AWS variables. */
      readonly type: "s3";
      /** Name of the bucket, which has to be there. */
      readonly bucket: string;
      /** Region of the bucket, for example `eu-west-1`. */
      readonly region: string;
      /**
       * Object key of the state.
       * @default "queueit/<environment>.tfstate"
       */
      readonly key?: string;
    }
  | {
      /** HCP Terraform. The token comes from `terraform login` or TF_TOKEN_app_terraform_io. */
      readonly type: "hcp";
      /** Name of the organization. */
      readonly organization: string;
      /** Name of the workspace; each environment has its own. */
      readonly workspace: string;
      /**
       * Hostname of the service.
       * @default "app.terraform.io"
       */
      readonly hostname?: string;
    };

export type WorkerSource =
  | {
      /** This project's Worker, built from `worker/`. */
      readonly source: "bundled";
      /**
       * TypeScript or JavaScript file, relative to the project's root, with logic of your own that goes into the
       * bundle: `docs/hooks.md`.
       * @default no hooks
       */
      readonly hooks?: string;
      /**
       * Another Worker that answers every request that passes, in place of the origin. See docs/chaining.md.
       * @default none
       */
      readonly then?: {
        /** Name of the Worker, in the same account. It has to be there before the deploy. */
        readonly service: string;
      };
    }
  | {
      /** A bundle from elsewhere: the vendor's own, from its private repository. */
      readonly source: "file";
      /** JavaScript file, relative to the project's root. */
      readonly path: string;
      /** `es-module` exports a default handler; `service-worker` calls addEventListener. */
      readonly format: "es-module" | "service-worker";
      /**
       * Other names for bindings and variables: ours on the left, the file's on the right.
       * @default the vendor's published names
       */
      readonly names?: Readonly<Record<string, string>>;
      /**
       * Compatibility date of the runtime, YYYY-MM-DD.
       * @default that of the bundled Worker
       */
      readonly compatibilityDate?: string;
      /**
       * Compatibility flags of the runtime.
       * @default ["nodejs_compat"]
       */
      readonly compatibilityFlags?: readonly string[];
    };

/** An environment with the name of its file: `infra/environments/<name>.ts`. */
export interface NamedEnvironment {
  readonly name: string;
  readonly environment: Environment;
}

/** Types an environment. Returns its argument unchanged. */
export function defineEnvironment(environment: Environment): Environment {
  return environment;
}
