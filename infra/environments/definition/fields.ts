import { parseCron } from "../../cloudflare/cron.ts";
import { hostnameProblem } from "../../cloudflare/hostname.ts";
import { originProblem } from "../../cloudflare/origin.ts";
import { parsePattern } from "../../cloudflare/route-pattern.ts";
import type { ProblemCode } from "../../errors/problem-codes.ts";
import { parsedUrl } from "../../url/parsed-url.ts";

/** What is wrong with the value of one property, whatever the rest of the environment says. */
export interface Fault {
  readonly code: ProblemCode;
  readonly what: string;
  readonly remedy: string;
  /** Set when the value itself must not be printed. */
  readonly hidden?: true;
}

type Check<Value> = (value: Value) => Fault | undefined;

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** An id of Cloudflare: 32 hexadecimal characters. */
export function cloudflareId(code: ProblemCode, where: string): Check<string> {
  return matching(/^[0-9a-f]{32}$/, {
    code,
    what: "is not an id of 32 lower-case hexadecimal characters",
    remedy: `copy it from ${where}`,
  });
}

/** A text of a fixed form. */
export function matching(form: RegExp, fault: Fault): Check<string> {
  return (value) => (form.test(value) ? undefined : fault);
}

/** A whole number, or with `whole: false` any number, between two bounds that are allowed themselves. */
export function between(min: number, max: number, unit: string, whole = true): Check<number> {
  return (value) => {
    if (value >= min && value <= max && (!whole || Number.isInteger(value))) return undefined;
    return {
      code: "number-range",
      what: `is not ${whole ? "a whole number" : "a number"} from ${min} to ${max}`,
      remedy: `write ${unit} within that range`,
    };
  };
}

/** As Cloudflare takes it: one that was made by hand may have an underscore. */
export const workerName: Check<string> = matching(/^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/, {
  code: "worker-name",
  what: "is not a name for a Worker",
  remedy:
    "use lower-case letters, digits, dashes and underscores, with no dash at either end, at most 63 characters",
});

/** A class that a Worker exports beside its default export. */
export const NO_ENTRY_POINT: Fault = {
  code: "chained-entrypoint",
  what: "names an entry point, which Cloudflare's Terraform provider 5.14 cannot bind",
  remedy: "leave it out: the Worker's default export answers, and may call its other classes itself",
};

export const hostname: Check<string> = (value) => {
  const problem = hostnameProblem(value);
  if (problem !== undefined) return { code: "hostname", ...problem, ...hiddenIfLogin(value) };
  if (value === value.toLowerCase()) return undefined;
  return { code: "hostname", what: "has upper-case letters", remedy: "write it in lower case" };
};

export const customerId: Check<string> = (value) => {
  if (GUID.test(value)) {
    return {
      code: "secret-in-environment",
      what: "looks like a key, not a customer id",
      remedy:
        "write the customer id, as in <customer id>.queue-it.net; never write a secret in an environment",
      hidden: true,
    };
  }
  return matching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i, {
    code: "customer-id",
    what: "is not a customer id",
    remedy: "write only what comes before .queue-it.net: letters, digits and dashes",
  })(value);
};

/** Cloudflare takes titles of at most 512 bytes. */
export const namespaceTitle: Check<string> = (value) => {
  const fault = (what: string, remedy: string): Fault => ({ code: "namespace-title", what, remedy });
  if (value.trim() !== value || /[\p{Cc}\p{Cf}]/u.test(value) || value === "")
    return fault(
      "is empty, or has white space at an end or an invisible character",
      "write the title as the dashboard shows it",
    );
  if (Buffer.byteLength(value) > 512) return fault("is longer than 512 bytes", "use a shorter title");
  return undefined;
};

/** A route as the provider imports it. */
export const routeId: Check<string> = matching(/^[0-9a-f]{32}\/[0-9a-f]{32}$/, {
  code: "route-id",
  what: "is not <zone id>/<route id>, each of 32 lower-case hexadecimal characters",
  remedy: "let queueit-cf adopt write it",
});

/** A path below the site's hostname, or a whole route pattern. */
export const routeEntry: Check<string> = (value) => {
  if (!/^([a-z]+:\/\/)?\*?[^/]*[.。．｡]/i.test(value) && !value.startsWith("/") && !value.startsWith("*")) {
    return {
      code: "route-pattern",
      what: "is neither a path nor a complete route pattern",
      remedy: `begin a path with a slash, for example /tickets/*`,
    };
  }
  const parsed = parsePattern(value.startsWith("/") ? `host.invalid${value}` : value);
  if (parsed.ok) return undefined;
  return { code: "route-pattern", what: parsed.problem, remedy: parsed.remedy, ...hiddenIfLogin(value) };
};

export const cronExpression: Check<string> = (value) => {
  const parsed = parseCron(value);
  return parsed.ok ? undefined : { code: "cron", what: parsed.problem, remedy: parsed.remedy };
};

/** What precedes an @ may be a password. */
function hiddenIfLogin(value: string): { readonly hidden?: true } {
  return value.includes("@") ? { hidden: true } : {};
}

/** Cloudflare keeps at most 5 KB in a variable: https://developers.cloudflare.com/workers/platform/limits/ */
const VARIABLE_BYTES = 5 * 1024;

export const endpoint: Check<string> = (value) => {
  const fault = (what: string, remedy: string, hidden?: true): Fault => ({
    code: "endpoint-url",
    what,
    remedy,
    ...(hidden && { hidden }),
  });
  // Parsers of addresses drop these, and the Worker would get another text than the one that was checked.
  if (/[\s\p{Cc}\p{Cf}]/u.test(value))
    return fault("has white space or an invisible character", "remove it", true);
  const url = parsedUrl(value);
  if (url === undefined)
    return fault("is not an address", "write the full address, beginning with https://", true);
  if (url.username !== "" || url.password !== "") {
    return fault(
      "has a user name or password in it",
      "remove them: the key of the endpoint is a secret",
      true,
    );
  }
  if (url.protocol !== "https:") return fault("is not an https address", "begin it with https://", true);
  if (url.hash !== "")
    return fault("has a #, which is never sent to a server", "remove everything from the #", true);
  if (Buffer.byteLength(value) > VARIABLE_BYTES)
    return fault("is longer than 5 KB", "use a shorter address", true);
  return undefined;
};

/**
 * An address that visitors ask for: what is said of an endpoint holds for it too, but it is no secret itself.
 */
export const coverageUrl: Check<string> = (value) => {
  const fault = endpoint(value);
  if (fault === undefined) return undefined;
  const remedy = value.startsWith("/")
    ? `write it in full: https://, the site's hostname, and ${JSON.stringify(value)}`
    : fault.remedy.replace(": the key of the endpoint is a secret", "");
  return { code: "coverage-url", what: fault.what, remedy, ...hiddenIfLogin(value) };
};

/** An origin of scripts. */
export const origin: Check<string> = (value) => {
  const problem = originProblem(value);
  return problem && { code: "allowed-origin", ...problem };
};

/** All of them are one variable of the Worker's. */
export const origins: Check<readonly string[]> = (value) =>
  Buffer.byteLength(value.join(" ")) > VARIABLE_BYTES
    ? { code: "allowed-origin", what: "is longer than 5 KB", remedy: "list fewer origins" }
    : undefined;

/** Name of a secret inside the Secrets Store. */
export const secretName: Check<string> = (value) => {
  if (/^[\w-]{1,255}$/.test(value) && !GUID.test(value)) return undefined;
  return {
    code: "secret-name",
    what: "is not the name of a secret in the store",
    remedy: "write its name, never its value: letters, digits, dashes and underscores",
    hidden: true,
  };
};

/** A path that means the same on every machine. */
export const projectPath: Check<string> = matching(/^(?![/\\~]|[a-z]:)(?!\s*$)[^\0]+$/i, {
  code: "file-path",
  what: "is not a path relative to the project's root",
  remedy: "write it from the project's root, for example config/staging.json",
});

/** A bundle must not depend on what is beside the project. */
export const hooksPath: Check<string> = matching(
  /^(?![/\\~]|[a-z]:)(?!(?:.*[/\\])?\.\.(?:[/\\]|$))[^\0]*\.(?:ts|mts|js|mjs)$/i,
  {
    code: "file-path",
    what: "is not the path of a TypeScript or JavaScript file in this project",
    remedy: "write it from the project's root, for example worker-hooks/shop.ts",
  },
);

export const calendarDate: Check<string> = (value) => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(value)) return undefined;
  return { code: "date", what: "is not a date", remedy: "write it as YYYY-MM-DD, for example 2026-04-01" };
};

/** A moment that means the same wherever it is read: with its offset from UTC. */
export const moment: Check<string> = (value) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)$/.test(value) && isInCalendar(value)
    ? undefined
    : {
        code: "moment",
        what: "is not a moment with its offset from UTC",
        remedy: "write it like 2026-11-27T00:00+01:00, or with Z for UTC",
      };

/** JavaScript takes the 31st of November for the 1st of December. */
function isInCalendar(value: string): boolean {
  const day = value.slice(0, 10);
  const parsed = new Date(`${day}T00:00:00Z`);
  return (
    !Number.isNaN(Date.parse(value)) &&
    !Number.isNaN(parsed.getTime()) &&
    parsed.toISOString().startsWith(day)
  );
}

export const freezeReason: Check<string> = (value) =>
  value.trim() !== "" && value.length <= 200
    ? undefined
    : {
        code: "freeze-reason",
        what: "is not a reason of 1 to 200 characters",
        remedy: "say in a few words why nothing is deployed then",
      };
