// Work on many things at once: order of the results, how many at a time, and what a failure ends.
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inParallel } from '../src/in-parallel.js';

test('results come in the order of the items, and never more at once than allowed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5)), fc.integer({ min: 1, max: 6 }), async (waits, most) => {
      let now = 0;
      let highest = 0;
      const results = await inParallel(waits, most, async (wait) => {
        highest = Math.max(highest, ++now);
        await pause(wait);
        now -= 1;
        return wait;
      });
      expect(results).toEqual(waits);
      expect(highest).toBeLessThanOrEqual(most);
    }),
    { numRuns: 30 },
  );
});

test('what failed first is thrown when all that was under way has ended, and nothing is begun after it', async () => {
  const begun: string[] = [];
  const ended: string[] = [];
  const work = async (name: string, signal: AbortSignal): Promise<void> => {
    begun.push(name);
    try {
      if (name === 'second') throw new Error('the fault');
      await pause(60_000, undefined, { signal });
    } finally {
      await pause(20);
      ended.push(name);
    }
  };
  await expect(inParallel(['first', 'second', 'third', 'fourth'], 3, work)).rejects.toThrow('the fault');
  expect(begun).toEqual(['first', 'second', 'third']);
  expect(ended.sort()).toEqual(begun.sort());
});
