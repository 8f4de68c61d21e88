// What was typed into a table, kept as text, in the order of lists, and counted against a run.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inKeyOrder } from '../../../src/records/run-rows.js';
import { type TypedRecord, TypedTable } from '../../../src/server/records/typed-table.js';

const entry = (key: string, sequence: number, isThere = true): TypedRecord => ({
  ...{ key, sequence, kind: isThere ? 'change' : 'delete', version: sequence },
  after: isThere ? { name: `N${sequence}`, tags: ['a', 'ß'], none: null } : null,
});

test('of each record the newest entry is as it was, and one that was deleted is there as such', () => {
  const table = new TypedTable();
  table.take(entry('A', 1));
  table.take(entry('B', 2));
  table.take(entry('A', 3));
  table.take(entry('B', 4, false));
  expect(table.newest('A')).toEqual(entry('A', 3));
  expect(table.newest('B')).toEqual(entry('B', 4, false));
  expect(table.newest('C')).toBeUndefined();
  expect([...table.all()]).toEqual([entry('A', 3), entry('B', 4, false)]);
  expect([...table.after(null)]).toEqual([entry('A', 3)]);
});

test('whatever was typed and asked in between, the order, the count and what a later run leaves are right', async () => {
  const typed = fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 3 }), fc.boolean()), { maxLength: 300 });
  const asked = fc.record({ key: fc.string({ maxLength: 3 }), source: fc.constantFrom('default', 'a', 'z') });
  await fc.assert(
    fc.asyncProperty(typed, asked, fc.nat(300), async (writes, place, half) => {
      const table = new TypedTable();
      const right = new Map<string, TypedRecord>();
      const inRun = (key: string): boolean => key.length % 2 === 0;
      const check = async (one: TypedTable) => {
        const there = [...right.values()].filter(({ after }) => after !== null);
        const beyond = there.filter(({ key }) => inKeyOrder({ key, source: 'default' }, place) > 0);
        const inOrder = beyond.sort((a, b) => inKeyOrder({ ...a, source: '' }, { ...b, source: '' }));
        expect([...one.after(place)]).toEqual(inOrder);
        const count = async (keys: readonly string[]) => keys.filter(inRun).length;
        expect(await one.added('run', count)).toBe(there.length - [...right.keys()].filter(inRun).length);
      };
      for (const [at, [key, isThere]] of writes.entries()) {
        if (at === half) await check(table);
        table.take(entry(key, at + 1, isThere));
        right.set(key, entry(key, at + 1, isThere));
      }
      await check(table);
      const rest = new TypedTable();
      rest.keep(table, half);
      for (const [key, { sequence }] of right) if (sequence <= half) right.delete(key);
      await check(rest);
    }),
    { numRuns: 200 },
  );
});

test('a run is asked about each key once, and another about all', async () => {
  const table = new TypedTable();
  const asked: string[][] = [];
  const count = async (keys: readonly string[]) => {
    asked.push([...keys]);
    return keys.length;
  };
  table.take(entry('A', 1));
  expect(await table.added('one', count)).toBe(0);
  table.take(entry('A', 2));
  table.take(entry('B', 3, false));
  expect(await table.added('one', count)).toBe(-1);
  expect(await table.added('one', count)).toBe(-1);
  expect(await table.added('two', count)).toBe(-1);
  expect(asked).toEqual([['A'], ['B'], ['A', 'B']]);
  expect(await table.added('three', async () => undefined)).toBeUndefined();
});
