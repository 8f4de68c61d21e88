// The contract of an engine as one suite, run on every driver.
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digest } from '../../src/engine/digest.js';
import { type ColumnBatch, type Engine, type Inputs, rowsOf } from '../../src/engine/engine.js';
import { literal } from '../../src/engine/sql-text.js';
import { bucketCases } from './engine-buckets.js';

/**
 * `open` gives an engine; the suite closes it and then calls `dispose`. `endless` is a SELECT that no machine finishes while
 * a test waits, and that the engine can be stopped in.
 */
export function engineContract(
  name: string,
  endless: string,
  open: () => Promise<{ engine: Engine; dispose: () => Promise<void> }>,
): void {
  describe(`the ${name} engine keeps the contract`, () => {
    let engine: Engine;
    let dispose: () => Promise<void>;
    let folder: string;
    let last = 0;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'carelake-engine-'));
      ({ engine, dispose } = await open());
    });
    afterAll(async () => {
      await engine.close();
      await dispose();
      await rm(folder, { recursive: true });
    });

    const freshFolder = async (label = 'out') => {
      const output = join(folder, `${label}-${++last}`);
      await mkdir(output);
      return output;
    };
    const filesOf = async (output: string) => (await readdir(output)).sort().map((file) => join(output, file));
    /** The files that hold the rows of a SELECT. */
    const table = async (sql: string, inputs: Inputs = {}, label?: string) => {
      const output = await freshFolder(label);
      await engine.materialize({ name: 'test/table', sql, inputs, output });
      return filesOf(output);
    };
    const rows = (sql: string, inputs: Inputs = {}) =>
      rowsOf<Record<string, unknown>>(engine, { name: 'test/rows', sql, inputs });
    const value = async (expression: string) => (await rows(`select ${expression} as value`))[0]?.value;
    const batches = async (sql: string, inputs: Inputs = {}) => {
      const all: ColumnBatch[] = [];
      for await (const batch of engine.query({ name: 'test/batches', sql, inputs })) all.push(batch);
      return all;
    };

    describe('values', () => {
      const everything =
        `select cast('text with ''quotes'' and ü' as string) as t, cast(7 as int) as i, cast(8 as bigint) as b, ` +
        `cast(1.25 as double) as d, cast(12.50 as decimal(9, 2)) as m, date '1582-10-04' as day, ` +
        `cast('2024-02-29 23:59:59.5' as timestamp) as time, true as yes`;

      test('come back from a file as they were written, with their types', async () => {
        const files = await table(`${everything}, ${engine.dialect.split(literal('a;b'), ';')} as l`);
        const [batch] = await batches('select * from t', { t: files });
        expect(batch?.columns).toEqual([
          { name: 't', type: 'text' },
          { name: 'i', type: 'integer' },
          { name: 'b', type: 'bigint' },
          { name: 'd', type: 'double' },
          { name: 'm', type: 'decimal(9,2)' },
          { name: 'day', type: 'date' },
          { name: 'time', type: 'timestamp' },
          { name: 'yes', type: 'boolean' },
          { name: 'l', type: 'list(text)' },
        ]);
        expect(batch?.values.map(([first]) => first)).toEqual([
          "text with 'quotes' and ü",
          7,
          8,
          1.25,
          12.5,
          '1582-10-04',
          '2024-02-29 23:59:59.5',
          true,
          ['a', 'b'],
        ]);
      });

      test('that are missing come back as null, of every type', async () => {
        const types = ['string', 'int', 'bigint', 'double', 'decimal(9, 2)', 'date', 'timestamp', 'boolean'];
        const sql = `select ${types.map((type, index) => `cast(null as ${type}) as c${index}`).join(', ')}`;
        const [row] = await rows('select * from t', { t: await table(sql) });
        expect(Object.values(row ?? {})).toEqual(types.map(() => null));
      });

      test('bigints are numbers where a number is exact, else BigInt', async () => {
        expect(await value('cast(9007199254740991 as bigint)')).toBe(Number.MAX_SAFE_INTEGER);
        expect(await value('cast(9007199254740993 as bigint)')).toBe(9007199254740993n);
        expect(await value('cast(-9223372036854775807 as bigint)')).toBe(-9223372036854775807n);
      });

      test('decimals are numbers up to 15 digits, else text', async () => {
        expect(await value('cast(-12345678901.2345 as decimal(20, 4))')).toBe(-12345678901.2345);
        expect(await value('cast(12345678901234567.89 as decimal(20, 2))')).toBe('12345678901234567.89');
      });

      test('sort with NULL first', async () => {
        const files = await table('select * from (values (2), (null), (1)) as t(x)');
        expect(await rows('select x from t order by x', { t: files })).toEqual([{ x: null }, { x: 1 }, { x: 2 }]);
        expect(await rows('select x from t order by x desc', { t: files })).toEqual([{ x: 2 }, { x: 1 }, { x: null }]);
      });
    });

    describe('materialize', () => {
      test('returns how many rows it wrote', async () => {
        const job = { name: 'count', sql: 'select * from (values (1), (2), (3)) as t(x)', inputs: {} };
        expect(await engine.materialize({ ...job, output: await freshFolder() })).toEqual({ rows: 3 });
      });

      test('writes a file with the columns even for no rows', async () => {
        const files = await table("select cast('a' as string) as a, cast(1 as bigint) as b where 1 = 0");
        expect(files).not.toEqual([]);
        expect(await batches('select * from t', { t: files })).toEqual([
          {
            columns: [
              { name: 'a', type: 'text' },
              { name: 'b', type: 'bigint' },
            ],
            rows: 0,
            values: [[], []],
          },
        ]);
      });

      test('reads several files of an input as one table', async () => {
        const parts = await Promise.all([1, 2, 3].map((x) => table(`select ${x} as x`)));
        expect(await rows('select cast(sum(x) as bigint) as s, count(*) as n from t', { t: parts.flat() })).toEqual([
          { s: 6, n: 3 },
        ]);
      });

      test('reads exactly the files named, whatever signs their paths hold', async () => {
        const plain = await table('select 1 as x', {}, "it's [a-z] *");
        await table('select 2 as x', {}, "it's a b");
        const keyed = await table('select 3 as x', {}, 'year=2024 "q"');
        expect(await rows('select * from t', { t: plain })).toEqual([{ x: 1 }]);
        expect(await rows('select * from t', { t: keyed })).toEqual([{ x: 3 }]);
      });

      test('takes names of inputs as they are', async () => {
        const files = await table('select 1 as x');
        expect(await rows('select x from "select ""q"" Ü"', { 'select "q" Ü': files })).toEqual([{ x: 1 }]);
      });

      test('runs steps side by side without mixing inputs of one name', async () => {
        const numbers = [1, 2, 3, 4, 5, 6];
        const inputs = await Promise.all(numbers.map((x) => table(`select ${x} as x`)));
        const outputs = await Promise.all(inputs.map((files) => table('select x * 10 as x from t', { t: files })));
        const found = await Promise.all(outputs.map((files) => rows('select x from t', { t: files })));
        expect(found).toEqual(numbers.map((x) => [{ x: x * 10 }]));
      });

      test('reports progress that only grows, within 0 and 1', async () => {
        const seen: number[] = [];
        const files = await table('select 1 as x');
        const job = { name: 'progress', sql: 'select * from t', inputs: { t: files }, output: await freshFolder() };
        await engine.materialize({ ...job, onProgress: (fraction) => seen.push(fraction) });
        expect(seen).toEqual([...seen].sort((a, b) => a - b));
        expect(seen.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
      });
    });

    bucketCases(() => ({ engine, freshFolder }));

    describe('query', () => {
      test('hands out a large result in several batches that hold every row', async () => {
        const digits = '(values (0),(1),(2),(3),(4),(5),(6),(7),(8),(9))';
        const sql = `select a.x + 10 * b.x + 100 * c.x + 1000 * d.x + 10000 * e.x as x from ${['a', 'b', 'c', 'd', 'e']
          .map((alias) => `${digits} as ${alias}(x)`)
          .join(' cross join ')}`;
        const all = await batches(sql);
        expect(all.length).toBeGreaterThan(1);
        expect(all.every(({ rows, values }) => values.every((column) => column.length === rows))).toBe(true);
        expect(new Set(all.flatMap(({ values }) => values[0])).size).toBe(100_000);
      });

      test.each(["it's", 'a\\b', '%', "'; drop table t; --", '', 42])(
        'takes %j as a parameter as it is',
        async (key) => {
          const job = {
            name: 'parameter',
            sql: `select ${engine.dialect.parameter('key')} as key`,
            inputs: {},
            parameters: { key },
          };
          expect(await rowsOf(engine, job)).toEqual([{ key }]);
        },
      );

      test('without a value for its parameter is ENGINE_FAILED', async () => {
        const sql = `select ${engine.dialect.parameter('key')} as key`;
        await expect(rows(sql)).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
      });

      test('may be left early, and the engine goes on', async () => {
        const files = await table('select * from (values (1), (2)) as t(x)');
        for await (const batch of engine.query({ name: 'left', sql: 'select x from t', inputs: { t: files } })) {
          expect(batch.rows).toBeGreaterThan(0);
          break;
        }
        expect(await value('1')).toBe(1);
      });
    });

    test('explain tells how a statement would run', async () => {
      const files = await table('select 1 as x');
      expect(await engine.explain({ name: 'plan', sql: 'select x from t where x > 0', inputs: { t: files } })).not.toBe(
        '',
      );
    });

    describe('faults are coded', () => {
      const materialize = async (sql: string, inputs: Inputs = {}) =>
        engine.materialize({ name: 'clean/visits@1', sql, inputs, output: await freshFolder() });

      test.each([
        ['not SQL', 'selekt 1'],
        ['a column that is not there', 'select nowhere from (select 1 as x) as t'],
        ['a table that is not there', 'select * from nowhere'],
      ])('%s is ENGINE_FAILED and names the step', async (_, sql) => {
        await expect(materialize(sql)).rejects.toMatchObject({
          code: 'ENGINE_FAILED',
          message: expect.stringContaining('clean/visits@1'),
        });
        await expect(rows(sql)).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
      });

      test('a value that cannot be cast stays out of the message', async () => {
        const files = await table("select cast('Jane Roe 1950' as string) as name");
        const failed = materialize('select cast(name as bigint) as n from t', { t: files });
        await expect(failed).rejects.toMatchObject({ code: 'ENGINE_FAILED', cause: expect.anything() });
        await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('Jane') });
      });

      test('an input without files is ENGINE_NO_INPUT', async () => {
        await expect(materialize('select * from t', { t: [] })).rejects.toMatchObject({ code: 'ENGINE_NO_INPUT' });
      });

      test('a file that is not there is ENGINE_FAILED', async () => {
        const gone = join(folder, 'gone.parquet');
        await expect(materialize('select * from t', { t: [gone] })).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
      });
    });

    describe('an aborted signal ends with ENGINE_CANCELLED', () => {
      test('before the start, and nothing is written', async () => {
        const output = await freshFolder();
        const job = { name: 'early', sql: 'select 1 as x', inputs: {}, output, signal: AbortSignal.abort() };
        await expect(engine.materialize(job)).rejects.toMatchObject({ code: 'ENGINE_CANCELLED' });
        expect(await readdir(output)).toEqual([]);
      });

      test.each([0, 5, 300])('%d ms into a long step', async (ms) => {
        const aborter = new AbortController();
        const job = { name: 'long', sql: endless, inputs: {}, output: await freshFolder(), signal: aborter.signal };
        const ended = expect(engine.materialize(job)).rejects.toMatchObject({ code: 'ENGINE_CANCELLED' });
        setTimeout(() => aborter.abort(), ms);
        await ended;
      });

      test('in a query', async () => {
        const aborter = new AbortController();
        setTimeout(() => aborter.abort(), 100);
        const job = { name: 'long', sql: endless, inputs: {}, signal: aborter.signal };
        await expect(rowsOf(engine, job)).rejects.toMatchObject({ code: 'ENGINE_CANCELLED' });
      });
    });

    describe('the dialect', () => {
      const dialect = () => engine.dialect;
      const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

      test('sha256 and hash60 give the published digest and its first 60 bits', async () => {
        expect(await value(dialect().sha256("'abc'"))).toBe(abc);
        expect(BigInt((await value(dialect().hash60("'abc'"))) as number | bigint)).toBe(
          BigInt(`0x${abc.slice(0, 15)}`),
        );
        expect(await value(dialect().hash60('cast(null as string)'))).toBeNull();
      });

      test('replaceAll replaces every match', async () => {
        expect(await value(dialect().replaceAll("'a-b--c'", '-+', '_'))).toBe('a_b_c');
        expect(await value(dialect().replaceAll("'it''s'", "'", ''))).toBe('its');
      });

      test.each([';', '|', ', ', '.', '$', '||', '(', ')', '{', '}', '*', '+?', ']', '-', '&&', "'"])(
        'split takes %s literally, and join puts it back',
        async (separator) => {
          const text = `a${separator}${separator}b c${separator}`;
          const parts = dialect().split(literal(text), separator);
          expect(await value(parts)).toEqual(['a', '', 'b c', '']);
          expect(await value(dialect().join(parts, separator))).toBe(text);
        },
      );

      test('split of an empty text is one empty text, of NULL it is NULL', async () => {
        expect(await value(dialect().split("''", ';'))).toEqual(['']);
        expect(await value(dialect().split('cast(null as string)', ';'))).toBeNull();
      });

      test('explode gives one row for each element beside the columns of the relation, and none for NULL', async () => {
        const relation = "(values (1, 'a;b'), (2, 'c'), (3, cast(null as string))) as v(id, codes)";
        const sql = `select id, code from ${dialect().explode(`(select * from ${relation})`, dialect().split('codes', ';'), 'code')} as e order by id, code`;
        expect(await rows(sql)).toEqual([
          { id: 1, code: 'a' },
          { id: 1, code: 'b' },
          { id: 2, code: 'c' },
        ]);
      });
    });

    describe('the digest', () => {
      const cell = (text: string | null) => (text === null ? 'cast(null as string)' : literal(text));
      const select = (row: readonly (string | null)[]) =>
        `select ${row.map((text, index) => `${cell(text)} as c${index}`).join(', ')}`;
      const digestOf = async (content: readonly (readonly (string | null)[])[]) =>
        digest(engine, await table(content.map(select).join(' union all ')));
      const anyRow = fc.tuple(
        fc.option(fc.constantFrom('', 'a', ':', '-', '1:a', 'a1:')),
        fc.option(fc.constantFrom('', 'a', ':', '-', '1:a', 'a1:')),
      );
      const anyRows = fc.array(anyRow, { minLength: 1, maxLength: 4 });
      const bag = (content: readonly unknown[]) => content.map((row) => JSON.stringify(row)).sort();

      // Three tables a time: seconds each where an engine is slow on small ones.
      test('is equal where the rows are the same in any order, and else differs', { timeout: 300_000 }, async () => {
        await fc.assert(
          fc.asyncProperty(anyRows, anyRows, async (one, other) => {
            const same = JSON.stringify(bag(one)) === JSON.stringify(bag(other));
            expect((await digestOf(one)) === (await digestOf(other))).toBe(same);
            expect(await digestOf([...one].reverse())).toBe(await digestOf(one));
          }),
          { numRuns: 15 },
        );
      });

      test('does not depend on how the rows are spread over files', async () => {
        const [one, two, both] = [
          await table('select 1 as x'),
          await table('select 2 as x'),
          await table('select 2 as x union all select 1'),
        ];
        expect(await digest(engine, [...one, ...two])).toBe(await digest(engine, both));
      });

      test('tells names, types, doubled rows, lists and empty tables apart', async () => {
        const list = (text: string, separator: string) =>
          `select ${engine.dialect.split(literal(text), separator)} as x`;
        const tables = [
          'select 1 as x',
          'select 1 as y',
          'select cast(1 as bigint) as x',
          'select 1 as x union all select 1',
          'select 1 as x where 1 = 0',
          "select cast('1' as string) as x",
          'select cast(1 as double) as x',
          'select cast(1.000001 as double) as x',
          "select date '2024-01-01' as x",
          "select cast('2024-01-01 00:00:00' as timestamp) as x",
          list('a,b', '|'),
          list('a,b', ','),
          list('a;b', ','),
          `${list('a;b', ';')} where 1 = 0`,
          list('', ';'),
        ];
        const digests = [];
        for (const sql of tables) digests.push(await digest(engine, await table(sql)));
        expect(new Set(digests).size).toBe(tables.length);
        expect(digests.every((text) => /^[0-9a-f]{64}$/.test(text))).toBe(true);
      });
    });

    test('closing one engine leaves another open', async () => {
      const other = await open();
      await other.engine.close();
      await other.dispose();
      expect(await value('1')).toBe(1);
    });
  });
}
