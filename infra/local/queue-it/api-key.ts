import { createHash, timingSafeEqual } from "node:crypto";

/** Compares an API key in a time that does not tell how much of it was right. */
export function isApiKey(candidate: string, apiKey: string): boolean {
  return timingSafeEqual(digest(candidate), digest(apiKey));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
