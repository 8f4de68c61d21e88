// Work on many things, a few at a time.

/**
 * Results in the order of the items, whatever ends first.
 * @param work Its signal says that another item failed, so that what is under way may end early.
 * @throws what failed first, once all that was under way has ended; nothing new is begun after it.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  const failing = new AbortController();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (const [index, item] of left) {
      if (failures.length > 0) return;
      try {
        results[index] = await work(item, failing.signal);
      } catch (error) {
        failures.push(error);
        failing.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
