// The contract of collections of documents as one suite, run on every driver of the records.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Collection, CollectionDefinition } from '../../src/records/documents.js';
import type { Records } from '../../src/records/records.js';
import type { OpenedRecords } from './records.js';

/** Any text is a key, and any JSON a body. */
type Visitor = {
  readonly name: string;
  readonly rank?: number | null;
  readonly isIn?: boolean | null;
  readonly until?: string | number | null;
  readonly more?: unknown;
};

/** `open` gives two new empty workspaces; the suite closes them and then calls `dispose`. */
export function documentsContract(driver: string, open: () => Promise<OpenedRecords>): void {
  describe(`the ${driver} documents keep the contract`, () => {
    let opened: OpenedRecords;
    let records: Records;
    let last = 0;
    beforeAll(async () => {
      opened = await open();
      records = opened.records;
    });
    afterAll(async () => {
      await records.close();
      await opened.other.close();
      await opened.dispose();
    });

    /** A collection of its own for each test. */
    const definition = (): CollectionDefinition<Visitor> => ({
      name: `visitors_${++last}`,
      indexed: ['name', 'rank', 'isIn', 'until'],
    });
    const newCollection = () => records.documents.collection(definition());
    const keys = async (found: Promise<readonly { readonly key: string }[]>) => (await found).map(({ key }) => key);
    const fill = async (visitors: Collection<Visitor>, bodies: Readonly<Record<string, Visitor>>) => {
      for (const [key, body] of Object.entries(bodies)) await visitors.insert(key, body);
    };

    test('a document is kept as it is, whatever its key and its body', async () => {
      const visitors = newCollection();
      const bodies: readonly unknown[] = [
        { 'a.b': 1, $set: { $gt: 2, 'x.y': [{ 'z.': null, '': true }] }, '%24': '%', _id: 'no id', ключ: 'ß😀' },
        [1.5, -3, 9_007_199_254_740_991, 1e21, '', '\n"\\', false, [], {}],
        'two\u0000parts',
        null,
      ];
      const texts = ['plain', 'with/slash', ' ', 'O’Neil "x"; drop', '%_$.', 'Åsa 😀', '../up', 'x'.repeat(500)];
      for (const [index, key] of texts.entries()) {
        const body = { name: key, more: bodies[index % bodies.length] };
        expect(await visitors.insert(key, body)).toEqual({ key, revision: 1, body });
        expect(await visitors.get(key)).toEqual({ key, revision: 1, body });
      }
      expect(await visitors.get('nobody')).toBeUndefined();
      expect(await visitors.count()).toBe(texts.length);
    });

    test('a field that is undefined is not kept', async () => {
      const visitors = newCollection();
      const body = { name: 'Ada', more: undefined };
      expect((await visitors.insert('a', body))?.body).toStrictEqual({ name: 'Ada' });
      expect((await visitors.get('a'))?.body).toStrictEqual({ name: 'Ada' });
    });

    test('what is given out and what was given in are copies', async () => {
      const visitors = newCollection();
      const names = ['Ada'];
      const written = await visitors.insert('a', { name: 'a', more: names });
      names.push('Bo');
      (written?.body as { more: string[] } | undefined)?.more.push('Cy');
      expect((await visitors.get('a'))?.body.more).toEqual(['Ada']);
    });

    test('a key is inserted once, and again when it was removed', async () => {
      const visitors = newCollection();
      expect(await visitors.insert('a', { name: 'first' })).toBeDefined();
      expect(await visitors.insert('a', { name: 'second' })).toBeUndefined();
      expect(await visitors.get('a')).toEqual({ key: 'a', revision: 1, body: { name: 'first' } });
      expect(await visitors.remove('a', 1)).toBe(true);
      expect(await visitors.remove('a', 1)).toBe(false);
      expect(await visitors.insert('a', { name: 'third' })).toEqual({ key: 'a', revision: 1, body: { name: 'third' } });
    });

    test('several are inserted up to the first whose key is there', async () => {
      const visitors = newCollection();
      const named = (...texts: string[]) => texts.map((key) => ({ key, body: { name: key } }));
      expect(await visitors.insertAll(named('c', 'a', 'b'))).toBe(3);
      expect(await keys(visitors.list({ limit: 10, where: { name: 'b' } }))).toEqual(['b']);
      expect(await visitors.insertAll(named('a', 'd'))).toBe(0);
      const written = await visitors.insertAll(named('e', 'f', 'b', 'g'));
      expect(written).toBeLessThanOrEqual(2);
      expect(await keys(visitors.list({ limit: 10 }))).toEqual(['a', 'b', 'c', ...['e', 'f'].slice(0, written)]);
      expect(await visitors.get('b')).toEqual({ key: 'b', revision: 1, body: { name: 'b' } });
      const many = named(...Array.from({ length: 1000 }, (_, index) => `n${index}`));
      expect(await visitors.insertAll(many)).toBe(1000);
      expect(await visitors.get('n999')).toEqual({ key: 'n999', revision: 1, body: { name: 'n999' } });
      const tooLarge = { key: 'y', body: { name: 'x'.repeat(5 * 2 ** 20) } };
      await expect(visitors.insertAll([...named('x'), tooLarge])).rejects.toMatchObject({ code: 'DOCUMENT_TOO_LARGE' });
      expect(await visitors.get('x')).toBeUndefined();
      for (const none of [[], [...many, ...named('m')]]) {
        await expect(visitors.insertAll(none)).rejects.toMatchObject({ code: 'RECORDS_QUERY' });
      }
    });

    test('only the revision that the writer saw is replaced or removed', async () => {
      const visitors = newCollection();
      expect(await visitors.replace('a', 1, { name: 'none' })).toBeUndefined();
      expect(await visitors.replace('a', 0, { name: 'none' })).toBeUndefined();
      await visitors.insert('a', { name: 'one', more: 1 });
      expect(await visitors.replace('a', 1, { name: 'two' })).toEqual({ key: 'a', revision: 2, body: { name: 'two' } });
      for (const stale of [0, 1, 3]) {
        expect(await visitors.replace('a', stale, { name: 'stale' })).toBeUndefined();
        expect(await visitors.remove('a', stale)).toBe(false);
      }
      expect(await visitors.get('a')).toStrictEqual({ key: 'a', revision: 2, body: { name: 'two' } });
      expect(await visitors.remove('a', 2)).toBe(true);
      expect(await visitors.get('a')).toBeUndefined();
    });

    test('of many writers at once exactly one wins, and a count by revisions is exact', async () => {
      const visitors = newCollection();
      const inserts = await Promise.all(
        Array.from({ length: 12 }, (_, index) => visitors.insert('a', { name: `${index}`, rank: 0 })),
      );
      const won = inserts.filter((one) => one !== undefined);
      expect(won).toHaveLength(1);
      expect((await visitors.get('a'))?.body).toEqual(won[0]?.body);
      const add = async (): Promise<void> => {
        const found = await visitors.get('a');
        if (!found) throw new Error('It is gone.');
        const { revision, body } = found;
        if (!(await visitors.replace('a', revision, { ...body, rank: Number(body.rank) + 1 }))) await add();
      };
      await Promise.all(Array.from({ length: 12 }, add));
      expect(await visitors.get('a')).toMatchObject({ revision: 13, body: { rank: 12 } });
      const removals = await Promise.all(Array.from({ length: 6 }, () => visitors.remove('a', 13)));
      expect(removals.filter(Boolean)).toHaveLength(1);
    });

    test('a list is in the bytewise order of keys, either way, from any place', async () => {
      const visitors = newCollection();
      const texts = ['b', 'B', 'a10', 'a9', 'ß', 'é', 'z', '0', '~', 'a/b', 'a b'];
      for (const key of texts) await visitors.insert(key, { name: 'same' });
      const sorted = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(await keys(visitors.list({ limit: 1000 }))).toEqual(sorted);
      expect(await keys(visitors.list({ limit: 1000, descending: true }))).toEqual([...sorted].reverse());
      expect(await keys(visitors.list({ limit: 2, after: 'a9' }))).toEqual(['b', 'z']);
      expect(await keys(visitors.list({ limit: 2, after: 'a9', descending: true }))).toEqual(['a10', 'a/b']);
      expect(await keys(visitors.list({ limit: 5, after: 'zz', where: { name: 'same' } }))).toEqual(['~', 'ß', 'é']);
      expect(await keys(visitors.list({ limit: 5, after: 'é' }))).toEqual([]);
    });

    test('where finds texts, numbers, booleans and what is missing', async () => {
      const visitors = newCollection();
      await fill(visitors, {
        a: { name: 'Ada', rank: 1, isIn: true },
        b: { name: 'Bo', rank: 1, isIn: false, until: null },
        c: { name: 'Ada', rank: 2, isIn: true, until: '2026' },
        d: { name: '1', rank: 0.5 },
      });
      const found = (where: Partial<Visitor>) => keys(visitors.list({ where, limit: 10 }));
      expect(await found({ name: 'Ada' })).toEqual(['a', 'c']);
      expect(await found({ name: 'ada' })).toEqual([]);
      expect(await found({ name: '1' })).toEqual(['d']);
      expect(await found({ rank: 1 })).toEqual(['a', 'b']);
      expect(await found({ rank: 0.5 })).toEqual(['d']);
      expect(await found({ isIn: true })).toEqual(['a', 'c']);
      expect(await found({ isIn: false })).toEqual(['b']);
      expect(await found({ isIn: null })).toEqual(['d']);
      expect(await found({ until: null })).toEqual(['a', 'b', 'd']);
      expect(await found({ name: 'Ada', rank: 2 })).toEqual(['c']);
      expect(await found({})).toEqual(['a', 'b', 'c', 'd']);
      expect(await visitors.count({ name: 'Ada' })).toBe(2);
      expect(await visitors.count({ name: 'Ada', isIn: false })).toBe(0);
      await visitors.replace('c', 1, { name: 'Cy' });
      expect(await found({ name: 'Ada' })).toEqual(['a']);
      expect(await visitors.count({ name: 'Cy' })).toBe(1);
    });

    test('pages are the whole list, whatever the filter and the direction', async () => {
      const visitors = newCollection();
      for (let index = 0; index < 25; index++) {
        await visitors.insert(`k${(index * 7) % 25}`, { name: index % 3 === 0 ? 'third' : 'other', rank: index % 2 });
      }
      const where = fc.constantFrom<Partial<Visitor>>({}, { name: 'third' }, { rank: 1 }, { name: 'other', rank: 0 });
      await fc.assert(
        fc.asyncProperty(where, fc.boolean(), fc.integer({ min: 1, max: 9 }), async (asked, descending, limit) => {
          const whole = await keys(visitors.list({ where: asked, descending, limit: 1000 }));
          const paged: string[] = [];
          for (;;) {
            const after = paged.at(-1);
            const page = await keys(
              visitors.list({ where: asked, descending, limit, ...(after !== undefined && { after }) }),
            );
            paged.push(...page);
            if (page.length < limit) break;
          }
          expect(paged).toEqual(whole);
          expect(await visitors.count(asked)).toBe(whole.length);
        }),
        { numRuns: 20 },
      );
    });

    test('what is below a text goes, and nothing else', async () => {
      const visitors = newCollection();
      await fill(visitors, {
        a: { name: 'a', until: '2026-01-01' },
        b: { name: 'b', until: '2026-01-02' },
        c: { name: 'c', until: '2026-01-03' },
        d: { name: 'd', until: null },
        e: { name: 'e', until: 5 },
        f: { name: 'f' },
        g: { name: 'g', until: '' },
      });
      expect(await visitors.removeBelow('until', '2026-01-02')).toBe(2);
      expect(await keys(visitors.list({ limit: 10 }))).toEqual(['b', 'c', 'd', 'e', 'f']);
      expect(await visitors.removeBelow('until', '2026-01-02')).toBe(0);
    });

    test('what is asked for and is not indexed is refused, and a limit that is none', async () => {
      const visitors = newCollection();
      const refusal = { code: 'RECORDS_QUERY' };
      await expect(visitors.list({ where: { more: 1 }, limit: 1 })).rejects.toMatchObject(refusal);
      await expect(visitors.list({ where: { name: ['a'] as never }, limit: 1 })).rejects.toMatchObject(refusal);
      await expect(visitors.count({ more: 1 })).rejects.toMatchObject(refusal);
      await expect(visitors.removeBelow('more', 'x')).rejects.toMatchObject(refusal);
      for (const limit of [0, 1001, 1.5]) await expect(visitors.list({ limit })).rejects.toMatchObject(refusal);
    });

    test('a document that is too large is refused, and one just as large as it may be is kept', async () => {
      const visitors = newCollection();
      const body = (length: number): Visitor => ({ name: 'x'.repeat(length) });
      const rest = JSON.stringify(body(0)).length;
      const refusal = { code: 'DOCUMENT_TOO_LARGE' };
      await expect(visitors.insert('a', body(4 * 2 ** 20 - rest + 1))).rejects.toMatchObject(refusal);
      const wide = records.documents.collection<{ text: string }>({ name: `wide_${++last}`, indexed: [] });
      const text = 'x'.repeat(4 * 2 ** 20 - JSON.stringify({ text: '' }).length);
      expect((await wide.insert('a', { text }))?.body.text).toHaveLength(text.length);
      await expect(wide.replace('a', 1, { text: `${text}x` })).rejects.toMatchObject(refusal);
      expect((await wide.get('a'))?.revision).toBe(1);
    });

    test('names that are none are refused', () => {
      for (const name of ['', 'Users', 'a-b', "a'b", '1a', 'entries', 'x'.repeat(51)]) {
        expect(() => records.documents.collection({ name, indexed: [] })).toThrow(TypeError);
      }
      expect(() => records.documents.collection<{ 'a.b': string }>({ name: 'a', indexed: ['a.b'] })).toThrow(TypeError);
    });

    test('a collection is one, however often it is asked for, and may get more indexed fields', async () => {
      const { name } = definition();
      await records.documents.collection<Visitor>({ name, indexed: [] }).insert('a', { name: 'Ada', rank: 1 });
      const again = records.documents.collection<Visitor>({ name, indexed: ['rank'] });
      expect(await keys(again.list({ where: { rank: 1 }, limit: 1 }))).toEqual(['a']);
      expect(await again.insert('a', { name: 'Bo' })).toBeUndefined();
    });

    test('another workspace has its own; what is above the workspaces is the same in each', async () => {
      const same = definition();
      const [here, there] = [records, opened.other].map(({ documents }) => documents.collection(same));
      const [above, aboveThere] = [records, opened.other].map(({ directory }) => directory.collection(same));
      await here?.insert('a', { name: 'here', until: '1' });
      expect(await there?.insert('a', { name: 'there', until: '1' })).toBeDefined();
      expect(await above?.insert('a', { name: 'above', until: '1' })).toBeDefined();
      expect(await aboveThere?.insert('a', { name: 'again', until: '1' })).toBeUndefined();
      expect((await aboveThere?.get('a'))?.body.name).toBe('above');
      expect(await keys(here?.list({ where: { until: '1' }, limit: 9 }) ?? Promise.resolve([]))).toEqual(['a']);
      expect(await above?.removeBelow('until', '2')).toBe(1);
      expect(await here?.count()).toBe(1);
      expect((await there?.get('a'))?.body.name).toBe('there');
      expect(await aboveThere?.count()).toBe(0);
    });
  });
}
