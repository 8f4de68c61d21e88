// Work on things that need each other: order, how many at a time, and what happens where one fails.
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inDependence } from '../../src/pipeline/in-dependence.js';

/** Items by number; each needs some of those before it. */
const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
  .map((drawn) => drawn.map((needs, item) => (item === 0 ? [] : [...new Set(needs.map((need) => need % item))])));

const numbers = (graph: readonly unknown[]) => graph.map((_, item) => item);

describe('work on things that need each other', () => {
  test('is done once for each, after what it needs, never more at a time than said, with results in the order of the items', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async (graph, most) => {
        const ended: number[] = [];
        let underWay = 0;
        const results = await inDependence(
          numbers(graph),
          (item) => graph[item] ?? [],
          most,
          async (item) => {
            underWay += 1;
            expect(underWay).toBeLessThanOrEqual(most);
            expect(ended).toEqual(expect.arrayContaining(graph[item] ?? []));
            for (let turns = (item * 7) % 5; turns > 0; turns--) await null;
            underWay -= 1;
            ended.push(item);
            return `${item}`;
          },
        );
        expect(results).toEqual(numbers(graph).map(String));
        expect(ended.sort((a, b) => a - b)).toEqual(numbers(graph));
      }),
      { numRuns: 300 },
    );
  });

  test('what needs nothing goes on beside what takes long', async () => {
    const begun: number[] = [];
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await inDependence(
      [0, 1, 2, 3],
      (item) => (item === 1 ? [0] : []),
      2,
      async (item) => {
        begun.push(item);
        if (item === 3) release();
        if (item === 0) await released;
      },
    );
    expect(begun).toEqual([0, 2, 3, 1]);
  });

  test('a failure is thrown once what was under way has ended, which is told of it; nothing new is begun', async () => {
    const ended: number[] = [];
    const begun: number[] = [];
    const outcome = inDependence(
      [0, 1, 2],
      () => [],
      2,
      async (item, signal) => {
        begun.push(item);
        if (item === 0) throw new Error('the first');
        while (!signal.aborted) await wait(1);
        ended.push(item);
        throw new Error('cancelled');
      },
    );
    await expect(outcome).rejects.toThrow('the first');
    expect({ begun, ended }).toEqual({ begun: [0, 1], ended: [1] });
  });

  test('what needs something that is not there is an error, not a wait for ever', async () => {
    await expect(
      inDependence(
        [0],
        () => [1],
        1,
        async () => undefined,
      ),
    ).rejects.toThrow('No item is left');
  });
});
