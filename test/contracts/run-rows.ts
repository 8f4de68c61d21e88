// The contract of the rows of the published run as one suite, run on every driver.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunRow, RunRowChange, RunRows, RunRowTable } from '../../src/records/run-rows.js';
import type { OpenedRecords } from './records.js';

const rowIn = async (rows: RunRows, run: string, table: RunRowTable, key: string) => {
  const found = await rows.get(run, [{ table, key }]);
  return found?.[0];
};

/** `open` gives two new empty workspaces; the suite closes them and then calls `dispose`. */
export function runRowsContract(name: string, open: () => Promise<OpenedRecords>): void {
  describe(`the ${name} rows of a run keep the contract`, () => {
    let opened: OpenedRecords;
    let rows: RunRows;
    beforeAll(async () => {
      opened = await open();
      rows = opened.records.runRows;
    });
    afterAll(async () => {
      await opened.records.close();
      await opened.other.close();
      await opened.dispose();
    });

    let runs = 0;
    const newRun = () => `run-${++runs}`;
    const change = (key: string, row: RunRow | null, source = 'default', table: RunRowTable = 'patients') =>
      ({ table, key, source, row }) satisfies RunRowChange;
    async function* inParts(...parts: RunRowChange[][]) {
      yield* parts;
    }
    /** Leaves these rows alone. */
    async function whole(...changes: RunRowChange[]): Promise<string> {
      const run = newRun();
      expect(await rows.bringIn({ run, from: null, changes: inParts(changes) })).toBe(true);
      return run;
    }

    test('rows come back as they were, by the run that is whole and by no other', async () => {
      const row = {
        patient_id: 'P1',
        name: 'Åsa 😀 "x" \\ \u2028',
        bmi: 23.5,
        chronic_conditions: ['a', 'ß'],
        age: null,
      };
      const run = await whole(change('P1', row), change('P2', { ...row, age: 7 }));
      expect(await rows.whole()).toBe(run);
      expect(await rowIn(rows, run, 'patients', 'P1')).toEqual(row);
      expect(await rowIn(rows, run, 'patients', 'P3')).toBeNull();
      expect(await rowIn(rows, run, 'visits', 'P1')).toBeNull();
      expect(await rowIn(rows, 'another', 'patients', 'P1')).toBeUndefined();
      expect(await rows.page('another', 'patients', { limit: 10 })).toBeUndefined();
      expect(await rows.page(run, 'visits', { limit: 10 })).toEqual([]);
    });

    test('rows of several places come in the order in which they are asked for, of several sources that of `default`', async () => {
      const run = await whole(
        change('A', { n: 1 }),
        change('B', { n: 2 }, 'other'),
        change('B', { n: 3 }),
        change('C', { n: 4 }, 'y'),
        change('C', { n: 5 }, 'x'),
        change('A', { visits: 6 }, 'default', 'patient_summary'),
      );
      const places = [
        ...['C', 'A', 'no such', 'B', 'A'].map((key) => ({ table: 'patients', key }) as const),
        { table: 'patient_summary', key: 'A' } as const,
      ];
      expect(await rows.get(run, places)).toEqual([{ n: 5 }, { n: 1 }, null, { n: 3 }, { n: 1 }, { visits: 6 }]);
      expect(await rows.get('another', places)).toBeUndefined();
    });

    test('of some keys it is counted how many have a row of default', async () => {
      const first = await whole(change('A', { n: 1 }), change('B', { n: 1 }), change('C', { n: 1 }, 'other'));
      expect(await rows.count(first, 'patients', ['B', 'A', 'C', 'D', '"'])).toBe(2);
      expect(await rows.count(first, 'visits', ['A'])).toBe(0);
      expect(await rows.count(first, 'patients', [])).toBe(0);
      expect(await rows.count('another', 'patients', ['A'])).toBeUndefined();
      const second = newRun();
      await rows.bringIn({ run: second, from: first, changes: inParts([change('A', null), change('D', { n: 2 })]) });
      expect(await rows.count(second, 'patients', ['A', 'B', 'D'])).toBe(2);
      expect(await rows.count(first, 'patients', ['A'])).toBeUndefined();
    });

    test('changes lead from one run to the next, and what is brought in whole keeps nothing of before', async () => {
      const first = await whole(change('A', { n: 1 }), change('B', { n: 1 }), change('C', { n: 1 }));
      const second = newRun();
      const changes = inParts([change('B', { n: 2 })], [change('C', null), change('D', { n: 2 })]);
      expect(await rows.bringIn({ run: second, from: first, changes })).toBe(true);
      expect(await rows.page(second, 'patients', { limit: 10 })).toEqual([{ n: 1 }, { n: 2 }, { n: 2 }]);
      expect(await rowIn(rows, second, 'patients', 'C')).toBeNull();
      expect(await rowIn(rows, first, 'patients', 'A')).toBeUndefined();
      const third = await whole(change('E', { n: 3 }));
      expect(await rows.page(third, 'patients', { limit: 10 })).toEqual([{ n: 3 }]);
    });

    test('changes that lead from another run change nothing', async () => {
      const run = await whole(change('A', { n: 1 }));
      const changes = inParts([change('A', { n: 2 })]);
      expect(await rows.bringIn({ run: newRun(), from: 'another', changes })).toBe(false);
      expect(await rowIn(rows, run, 'patients', 'A')).toEqual({ n: 1 });
    });

    test('while rows come in no run is whole, nor after that broke off; the next brings all anew', async () => {
      const before = await whole(change('A', { n: 1 }));
      const run = newRun();
      async function* breaks() {
        yield [change('A', { n: 2 })];
        expect(await rows.whole()).toBeUndefined();
        expect(await rowIn(rows, before, 'patients', 'A')).toBeUndefined();
        throw new Error('cut');
      }
      await expect(rows.bringIn({ run, from: before, changes: breaks() })).rejects.toThrow('cut');
      expect(await rows.whole()).toBeUndefined();
      expect(await rowIn(rows, run, 'patients', 'A')).toBeUndefined();
      const next = await whole(change('B', { n: 3 }));
      expect(await rows.page(next, 'patients', { limit: 10 })).toEqual([{ n: 3 }]);
    });

    test('of two who bring in rows the later one decides, whoever ends first', async () => {
      const second = newRun();
      async function* overtaken() {
        yield [change('A', { n: 1 }), change('X', { n: 1 })];
        expect(await rows.bringIn({ run: second, from: null, changes: inParts([change('A', { n: 2 })]) })).toBe(true);
        yield [change('A', { n: 1 }), change('Y', null)];
      }
      expect(await rows.bringIn({ run: newRun(), from: null, changes: overtaken() })).toBe(false);
      expect(await rows.page(second, 'patients', { limit: 10 })).toEqual([{ n: 2 }]);
    });

    test('of several sources with a key, the row of default is the one', async () => {
      const two = await whole(change('A', { of: 'x' }, 'x'), change('A', { of: 'b' }, 'b'));
      expect(await rowIn(rows, two, 'patients', 'A')).toEqual({ of: 'b' });
      const three = await whole(change('A', { of: 'b' }, 'b'), change('A', { of: 'default' }));
      expect(await rowIn(rows, three, 'patients', 'A')).toEqual({ of: 'default' });
      expect(await rows.page(three, 'patients', { limit: 10 })).toEqual([{ of: 'b' }, { of: 'default' }]);
    });

    test('pages give every row once, in the order of the bytes of key and source', async () => {
      const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }).filter((one) => !one.includes('\0'));
      const keys = fc.uniqueArray(fc.tuple(text, fc.constantFrom('default', 'uci', 'Z')), {
        selector: (pair) => JSON.stringify(pair),
        maxLength: 30,
      });
      const bytewise = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
      const asJava = (a: string, b: string) => (a < b ? -1 : Number(a > b));
      const inOrder = opened.texts === 'utf-16' ? asJava : bytewise;
      await fc.assert(
        fc.asyncProperty(keys, fc.integer({ min: 1, max: 7 }), async (pairs, limit) => {
          const run = await whole(...pairs.map(([key, source]) => change(key, { key, source }, source, 'visits')));
          const seen: RunRow[] = [];
          for (;;) {
            const last = seen.at(-1) as { key: string; source: string } | undefined;
            const page = await rows.page(run, 'visits', { ...(last && { after: last }), limit });
            seen.push(...(page ?? []));
            if (!page || page.length < limit) break;
          }
          const expected = [...pairs].sort(([a, x], [b, y]) => inOrder(a, b) || inOrder(x, y));
          expect(seen).toEqual(expected.map(([key, source]) => ({ key, source })));
        }),
        { numRuns: 20 },
      );
    });

    test('workspaces are apart', async () => {
      const run = await whole(change('A', { n: 1 }));
      expect(await opened.other.runRows.whole()).toBeUndefined();
      const changes = inParts([change('A', { n: 2 })]);
      expect(await opened.other.runRows.bringIn({ run, from: null, changes })).toBe(true);
      expect(await rowIn(rows, run, 'patients', 'A')).toEqual({ n: 1 });
      expect(await rowIn(opened.other.runRows, run, 'patients', 'A')).toEqual({ n: 2 });
    });
  });
}
