// The part of an engine's contract that is about outputs and inputs that are cut into buckets.
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bucketNumber, bucketOf, type Cut } from '../../src/engine/bucket.js';
import { type Engine, type Inputs, rowsOf } from '../../src/engine/engine.js';

interface Bench {
  readonly engine: Engine;
  freshFolder(): Promise<string>;
}

const by = ['source', 'patient'];
/** Sixteen patients with a row each, one with many, and rows without a patient. */
const people = `select 'default' as source, cast(x as string) as patient, x from (values ${Array.from({ length: 16 }, (_, n) => `(${n})`).join(', ')}) as t(x)
union all select 'default', 'large', x from (values ${Array.from({ length: 40 }, (_, n) => `(${n})`).join(', ')}) as t(x)
union all select 'other', cast(null as string), 1 union all select cast(null as string), cast(null as string), 2`;
const total = 58;

export function bucketCases(bench: () => Bench): void {
  describe('materialize in buckets', () => {
    const made = async (
      sql: string,
      cut: Omit<Cut, 'by' | 'stored'> | undefined,
      inputs: Inputs = {},
      stored: Cut['stored'] = {},
    ) => {
      const { engine, freshFolder } = bench();
      const output = await freshFolder();
      const { rows } = await engine.materialize({
        name: 'test/buckets',
        sql,
        inputs,
        output,
        ...(cut && { cut: { by, stored, ...cut } }),
      });
      const entries = await readdir(output, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
      const buckets = files.flatMap((file) => {
        const bucket = bucketOf(relative(output, file));
        return bucket ? [[file, bucket] as const] : [];
      });
      return { rows, files, buckets: Object.fromEntries(buckets) };
    };
    const rows = (sql: string, files: readonly string[]) =>
      rowsOf<Record<string, unknown>>(bench().engine, { name: 'test/rows', sql, inputs: { t: files } });
    const sum = (sql: string) =>
      `select source, patient, cast(sum(x) as bigint) as s, count(*) as n from ${sql} group by source, patient`;
    const ordered = 'select * from t order by source nulls first, patient nulls first, x';
    /** Every file holds rows of its bucket only. */
    const expectCut = async ({ buckets, files }: { files: string[]; buckets: Cut['stored'] }, count: number) => {
      const number = bucketNumber(bench().engine.dialect, { by, count });
      const check = async (file: string) => {
        const found = await rows(`select distinct ${number} as b from t`, [file]);
        if (found.length === 0) return;
        expect(found).toEqual([{ b: buckets[file]?.number }]);
        expect(buckets[file]?.of).toBe(count);
      };
      await Promise.all(files.map(check));
    };

    test.each([2, 8, 64])('scatters rows over %d folders, and every row lies in one', async (count) => {
      const whole = await made(people, undefined);
      const cut = await made(people, { count, alike: [] });
      expect(cut.rows).toBe(total);
      await expectCut(cut, count);
      expect(await rows(ordered, cut.files)).toEqual(await rows(ordered, whole.files));
    });

    test('writes a file with the columns even for no rows', async () => {
      const none = `select * from (${people}) as p where 1 = 0`;
      const scattered = await made(none, { count: 4, alike: [] });
      expect(scattered.rows).toBe(0);
      const first = await made(people, undefined);
      const inTurn = await made('select * from t where 1 = 0', { count: 4, alike: ['t'] }, { t: first.files });
      expect(inTurn.rows).toBe(0);
      for (const { files } of [scattered, inTurn]) {
        expect(files).not.toEqual([]);
        expect(await rows('select source, patient, x from t', files)).toEqual([]);
      }
    });

    test.each([
      ['as it is wanted', [4]],
      ['not at all', [1]],
      ['more finely', [16]],
      ['more coarsely', [2]],
      ['in several ways', [1, 2, 4, 16]],
    ])('gives the same rows where an input is cut %s', async (_, counts) => {
      const parts = await Promise.all(
        counts.map((count) => made(people, count === 1 ? undefined : { count, alike: [] })),
      );
      const t = parts.flatMap(({ files }) => files);
      const stored = Object.assign({}, ...parts.map(({ buckets }) => buckets));
      const sql = sum('t');
      const whole = await made(sql, undefined, { t });
      const cut = await made(sql, { count: 4, alike: ['t'] }, { t }, stored);
      expect(cut.rows).toBe(19);
      await expectCut(cut, 4);
      const all = 'select * from t order by source nulls first, patient nulls first';
      expect(await rows(all, cut.files)).toEqual(await rows(all, whole.files));
    });

    test('gives every bucket the whole of the inputs that are not cut alike', async () => {
      const { files } = await made(people, { count: 4, alike: [] });
      const sql = 'select t.source, t.patient, w.n from t cross join (select count(*) as n from w) as w';
      const cut = await made(sql, { count: 4, alike: ['t'] }, { t: files, w: files });
      expect(cut.rows).toBe(total);
      expect(await rows('select distinct n from t', cut.files)).toEqual([{ n: total }]);
    });

    test('reports progress that only grows, within 0 and 1', async () => {
      const { engine, freshFolder } = bench();
      const seen: number[] = [];
      const { files } = await made(people, undefined);
      await engine.materialize({
        name: 'test/progress',
        sql: sum('t'),
        inputs: { t: files },
        output: await freshFolder(),
        cut: { by, count: 4, alike: ['t'], stored: {} },
        onProgress: (fraction) => seen.push(fraction),
      });
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(seen.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
    });

    test('ends with ENGINE_CANCELLED where the signal is aborted', async () => {
      const { engine, freshFolder } = bench();
      const { files } = await made(people, undefined);
      const job = { name: 'test/cancelled', sql: sum('t'), inputs: { t: files }, output: await freshFolder() };
      const cut = { by, count: 4, alike: ['t'], stored: {} };
      await expect(engine.materialize({ ...job, cut, signal: AbortSignal.abort() })).rejects.toMatchObject({
        code: 'ENGINE_CANCELLED',
      });
    });
  });
}
