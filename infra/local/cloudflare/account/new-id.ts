import { randomUUID } from "node:crypto";

/** A new id as Cloudflare's are: 32 hexadecimal characters. */
export function newId(): string {
  return randomUUID().replaceAll("-", "");
}
