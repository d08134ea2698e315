/** Whether this is what npm installed: compiled. */
const IS_INSTALLED = import.meta.url.endsWith(".js");

/**
 * A file of this package as a person is told of it, for example `docs/ci.md`: in a project that has installed it,
 * where npm puts it. The same on every machine, since reports of plans are compared.
 */
export function ownPath(path: string, isInstalled = IS_INSTALLED): string {
  return isInstalled ? `node_modules/queueit-cloudflare/${path}` : path;
}
