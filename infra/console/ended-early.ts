import type { UserError } from "../errors/user-error.ts";
import { tellFailure } from "./failure.ts";

/** What Node ends with when nothing is left to do and a top-level `await` still waits. */
const STILL_WAITS = 13;

/**
 * Does something in which a file of the user's takes part. Where that ends this process as if all were well, or
 * waits for what never comes, the error is told, and the exit code says so.
 */
export async function unlessEndedEarly<T>(error: UserError, work: () => Promise<T>): Promise<T> {
  const tell = (code: number) => {
    if (code === 0 || code === STILL_WAITS) process.exitCode = tellFailure(error, process.argv);
  };
  process.once("exit", tell);
  try {
    return await work();
  } finally {
    process.off("exit", tell);
  }
}
