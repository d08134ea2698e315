import type { CloudflareProperties, HookHeaders, HookRequest } from "./define-hooks.ts";

/**
 * What a hook sees of a request. Its body stays where it is, and everything else is a copy, made when first asked
 * for: what a hook changes in it reaches neither the connector nor the site.
 */
export function hookRequest(request: Request): HookRequest {
  let headers: HookHeaders | undefined;
  let cf: CloudflareProperties | undefined;
  return Object.freeze({
    method: request.method,
    url: request.url,
    get headers() {
      return (headers ??= new Headers(request.headers));
    },
    get cf() {
      return (cf ??= copyOf(request));
    },
  });
}

function copyOf(request: Request): CloudflareProperties {
  const { cf } = request as { cf?: CloudflareProperties };
  return cf === undefined ? {} : structuredClone(cf);
}
