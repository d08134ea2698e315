import { z } from "zod";

/** One bundle that an environment ran. */
export interface DeployedBundle {
  readonly sha256: string;
  readonly bytes: number;
  /** ISO 8601, UTC. */
  readonly deployedAt: string;
  /** Digest of the plan that brought it. */
  readonly digest: string;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const HISTORY: z.ZodType<readonly DeployedBundle[]> = z
  .array(z.object({ sha256: hash, bytes: z.number(), deployedAt: z.iso.datetime(), digest: hash }))
  .readonly();
