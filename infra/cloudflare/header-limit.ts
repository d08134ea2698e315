/**
 * Bytes that the headers of a message may have, as at Cloudflare; Node and undici take 16 KiB unless told
 * otherwise. Source: https://developers.cloudflare.com/workers/platform/limits/
 */
export const HEADER_LIMIT = 128 * 1024;
