/** A body of more bytes than this waits for its turn: 4 MiB, more than any object needs. */
export const LARGE = 4 * 1024 * 1024;

/** So many large bodies are held at a time. Each may have 100 MiB, and takes several times that once it is parsed. */
const AT_ONCE = 2;

const holders = new Set<Request>();
const waiting: (() => void)[] = [];

/**
 * Resolves when a request may go on reading a large body; it has its turn until `endTurn`. Who waits is not read
 * meanwhile, so that many large calls at once take no more memory than a few.
 */
export async function waitForTurn(request: Request): Promise<void> {
  if (holders.has(request)) return;
  while (holders.size >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  holders.add(request);
}

/** A request was answered: nothing of its body is held any more. */
export function endTurn(request: Request): void {
  if (holders.delete(request)) waiting.shift()?.();
}
