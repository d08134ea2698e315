/** So many operations on the runtime at once. */
const AT_ONCE = 32;

/**
 * Does the same to every item, to a few of them at a time and in no order. Stops after the first that fails.
 */
export async function inBatches<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += AT_ONCE) {
    await Promise.all(items.slice(start, start + AT_ONCE).map(work));
  }
}
