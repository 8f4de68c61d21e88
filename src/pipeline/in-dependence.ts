// Work on things that need each other, a few at a time.

/**
 * Begins with each item once all that it needs is done, in the order of the items where several could be next.
 * @param items Each after those that it needs, all of which are among them.
 * @param work Its signal says that another item failed, so that what is under way may end early.
 * @returns Results in the order of the items.
 * @throws what failed first, once all that was under way has ended; nothing new is begun after it.
 */
export async function inDependence<Item, Result>(
  items: readonly Item[],
  needs: (item: Item) => readonly Item[],
  most: number,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const waiting = new Set(items);
  const done = new Map<Item, Result>();
  const underWay = new Set<Promise<void>>();
  const failing = new AbortController();
  const failures: unknown[] = [];

  async function begin(item: Item): Promise<void> {
    try {
      done.set(item, await work(item, failing.signal));
    } catch (error) {
      failures.push(error);
      failing.abort();
    }
  }

  while (waiting.size > 0 && failures.length === 0) {
    for (const item of waiting) {
      if (underWay.size >= most) break;
      if (!needs(item).every((need) => done.has(need))) continue;
      waiting.delete(item);
      const ended = begin(item).finally(() => underWay.delete(ended));
      underWay.add(ended);
    }
    if (underWay.size === 0) throw new Error('No item is left whose needs are all among the items.');
    await Promise.race(underWay);
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
  return items.map((item) => done.get(item) as Result);
}
