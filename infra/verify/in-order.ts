/**
 * Does something for each item, some at a time, and yields the results in the order of the items, each as
 * soon as it and those before it are done.
 *
 * @param atOnce How many are under way at a time.
 */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const started: Promise<Result>[] = [];
  const start = (): void => {
    const item = items[started.length];
    if (item === undefined) return;
    const result = work(item);
    // Waited for below; until then a refusal is nobody's fault.
    result.catch(() => undefined);
    started.push(result);
  };
  for (let index = 0; index < Math.min(atOnce, items.length); index++) start();
  for (let index = 0; index < items.length; index++) {
    const result = await started[index];
    start();
    yield result as Result;
  }
}
