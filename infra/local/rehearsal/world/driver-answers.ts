import { z } from "zod";

// What the driver says, a Worker in another process.

/** To a batch: answers as `RawAnswer` has them, and lines of logs with their isolate. */
export const SAID = z.object({
  answers: z.array(
    z.tuple([
      z.number(),
      z.string().nullable(),
      z.string().nullable(),
      z.number(),
      z.array(z.string()).nullable(),
    ]),
  ),
  lines: z.array(z.tuple([z.number(), z.string()])),
});

/** To one request: its whole answer. */
export const ONE_ANSWER = z.object({
  status: z.number(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.string(),
});

/** To a question for a key of the namespace. */
export const VALUE = z.object({ value: z.string().nullable() });

/** To the question who was asked elsewhere: hosts and how often. */
export const ELSEWHERE = z.object({ elsewhere: z.array(z.tuple([z.string(), z.number()])) });
