import { z } from "zod";

/** How many of something. */
export function count(what: string): z.ZodInt {
  return z.int().nonnegative().describe(what);
}

/** Milliseconds, perhaps with a fraction. */
export function milliseconds(what: string): z.ZodNumber {
  return z.number().nonnegative().describe(what);
}

/** SHA-256 in lower-case hexadecimal. */
export function sha256(what: string): z.ZodString {
  return z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe(what);
}
