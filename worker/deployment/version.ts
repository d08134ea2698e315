/**
 * Version of this connector, sent to Queue-it as `kupver=cloudflare-<version>`. A test keeps it equal to
 * package.json's.
 */
export const CONNECTOR_VERSION = "0.1.0";
