// The contract of records as one suite, run on every driver.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RecordConflict } from '../../src/records/conflict.js';
import type { Entry, NewEntry, RecordTable, Values } from '../../src/records/entry.js';
import type { Prediction, PredictionQuery } from '../../src/records/predictions.js';
import type { Records } from '../../src/records/records.js';
import type { RowQuery } from '../../src/records/rows.js';
import { all, at, written } from './written.js';

export interface OpenedRecords {
  readonly records: Records;
  /** Another workspace of the same store. */
  readonly other: Records;
  /** How the store orders texts where not by their bytes, as MongoDB does and the server of the tests does not. */
  readonly texts?: 'utf-16';
  dispose(): Promise<void>;
}

/** `open` gives two new empty workspaces; the suite closes them and then calls `dispose`. */
export function recordsContract(name: string, open: () => Promise<OpenedRecords>): void {
  describe(`the ${name} records keep the contract`, () => {
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

    /** A key of its own for each test, so that they can share the records and run in any order. */
    const newKey = () => `key-${String(++last).padStart(3, '0')}`;
    const newest = async (table: RecordTable, key: string) => (await records.entries.newest([{ table, key }]))[0];
    const append = async (entry: NewEntry) => (await records.entries.append(entry)).entry;
    const end = async () => (await all(records.entries.read(0))).at(-1)?.sequence ?? 0;
    const refusal = (entry: NewEntry): Promise<RecordConflict> =>
      records.entries.append(entry).then(
        () => expect.fail('It was not refused.'),
        (error: unknown) => error as RecordConflict,
      );

    describe('an entry', () => {
      test('is kept with all that it says, and stands in the row and the history', async () => {
        const key = newKey();
        const values = { patient_id: key, name: 'Åsa 😀', age: 41, bmi: 23.5, chronic_conditions: ['asthma', 'ß'] };
        const wanted = written(key, values);
        const { entry, repeated } = await records.entries.append(wanted);
        expect(repeated).toBe(false);
        expect(entry).toEqual({ ...wanted, version: 1, sequence: expect.any(Number) });
        expect(await records.entries.history('patients', key)).toEqual([entry]);
        const { sequence } = entry;
        const row = { table: 'patients', key, version: 1, sequence, deleted: false, values, by: 'nurse', at };
        expect(await records.rows.get('patients', key)).toEqual(row);
      });

      test('of a change makes the next version, of a delete a tombstone; the history stays', async () => {
        const key = newKey();
        const first = { patient_id: key, age: 41 };
        const second = { patient_id: key, age: 42 };
        await append(written(key, first));
        await append(written(key, second, { kind: 'change', expected: 1, before: first }));
        expect(await records.rows.get('patients', key)).toMatchObject({ version: 2, values: second });
        await append(written(key, null, { kind: 'delete', expected: 2, before: second }));
        expect(await records.rows.get('patients', key)).toMatchObject({ version: 3, deleted: true, values: second });
        const history = await records.entries.history('patients', key);
        expect(history.map(({ kind, version }) => [kind, version])).toEqual([
          ['create', 1],
          ['change', 2],
          ['delete', 3],
        ]);
        expect(history.map(({ before, after }) => [before, after])).toEqual([
          [null, first],
          [first, second],
          [second, null],
        ]);
      });

      test('may create again what was deleted', async () => {
        const key = newKey();
        await append(written(key, { age: 1 }));
        await append(written(key, null, { kind: 'delete', expected: 1, before: { age: 1 } }));
        expect((await append(written(key, { age: 2 }))).version).toBe(3);
        expect(await records.rows.get('patients', key)).toMatchObject({ deleted: false, values: { age: 2 } });
      });

      test('may change or delete what was never written here, such as a row of a file', async () => {
        const [changed, deleted] = [newKey(), newKey()];
        await append(written(changed, { age: 2 }, { kind: 'change', before: { age: 1 } }));
        await append(written(deleted, null, { kind: 'delete', before: { age: 1 } }));
        expect(await records.rows.get('patients', changed)).toMatchObject({ version: 1, values: { age: 2 } });
        expect(await records.rows.get('patients', deleted)).toMatchObject({ version: 1, deleted: true });
      });

      test('may change or delete what a file brought back after it was deleted', async () => {
        const [changed, deleted] = [newKey(), newKey()];
        for (const key of [changed, deleted]) await append(written(key, null, { kind: 'delete', before: { age: 1 } }));
        const back = { expected: 1, before: { age: 2 } } as const;
        expect(await append(written(changed, { age: 3 }, { kind: 'change', ...back }))).toMatchObject({ version: 2 });
        expect(await append(written(deleted, null, { kind: 'delete', ...back }))).toMatchObject({ version: 2 });
        expect(await records.rows.get('patients', changed)).toMatchObject({ deleted: false, values: { age: 3 } });
        expect(await records.rows.get('patients', deleted)).toMatchObject({ deleted: true, values: { age: 2 } });
        const late = await refusal(written(changed, { age: 4 }, { kind: 'change', ...back }));
        expect(late).toMatchObject({ code: 'RECORD_CONFLICT', present: { version: 2 } });
      });

      test('of one table says nothing of another with the same key', async () => {
        const key = newKey();
        await append(written(key, { age: 1 }));
        await append(written(key, { visit_id: key }, { table: 'visits' }));
        expect(await records.rows.get('visits', key)).toMatchObject({ version: 1, values: { visit_id: key } });
        expect(await records.rows.get('prescriptions', key)).toBeUndefined();
      });

      test('given out is a copy that may be changed', async () => {
        const key = newKey();
        const values = { chronic_conditions: ['asthma'] };
        const entry = await append(written(key, values));
        values.chronic_conditions.push('gout');
        const push = (from: Values | null | undefined) =>
          (from?.chronic_conditions as string[] | undefined)?.push('flu');
        push(entry.after);
        const row = await records.rows.get('patients', key);
        expect(row?.values).toEqual({ chronic_conditions: ['asthma'] });
        push(row?.values);
        expect((await records.rows.get('patients', key))?.values).toEqual({ chronic_conditions: ['asthma'] });
      });
    });

    test('the newest entry of a record is that of its highest version, a deletion too', async () => {
      const key = newKey();
      expect(await newest('patients', key)).toBeUndefined();
      await append(written(key, { age: 1 }));
      const gone = await append(written(key, null, { kind: 'delete', expected: 1, before: { age: 1 } }));
      expect(await newest('patients', key)).toEqual(gone);
      expect(await newest('visits', key)).toBeUndefined();
    });

    test('the newest entries of several records come in the order in which they are asked for', async () => {
      const [one, two] = [newKey(), newKey()];
      await append(written(one, { age: 1 }));
      const changed = await append(written(one, { age: 2 }, { kind: 'change', expected: 1, before: { age: 1 } }));
      const other = await append(written(two, { age: 3 }));
      const visit = await append(written(one, { visit_id: one }, { table: 'visits' }));
      const asked = [
        { table: 'patients', key: two },
        { table: 'patients', key: 'no such' },
        { table: 'patients', key: one },
        { table: 'visits', key: one },
        { table: 'patients', key: two },
        { table: 'patients', key: `${two}\0` },
      ] as const;
      expect(await records.entries.newest(asked)).toEqual([other, undefined, changed, visit, other, undefined]);
      expect(await records.entries.newest([])).toEqual([]);
    });

    test('many that are appended at once are all there, each once, and of several of one record one wins', async () => {
      const shared = newKey();
      const keys = Array.from({ length: 30 }, newKey);
      const wanted = keys.flatMap((key) => [written(key, { age: 1 }), written(shared, { age: 2, name: key })]);
      const outcomes = await Promise.allSettled(wanted.map(append));
      const made = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      expect(made.map(({ key }) => key).sort()).toEqual([...keys, shared].sort());
      expect(new Set(made.map(({ sequence }) => sequence)).size).toBe(31);
      const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      expect(refused.every((reason) => reason instanceof RecordConflict && reason.present?.version === 1)).toBe(true);
      for (const entry of made) expect(await records.entries.history('patients', entry.key)).toEqual([entry]);
    });

    test('what stands under an idempotency key is known before it is written again', async () => {
      const key = newKey();
      const wanted = written(key, { age: 1 }, { idempotencyKey: `known ${key}` });
      expect(await records.entries.known(wanted)).toBeUndefined();
      const entry = await append(wanted);
      expect(await records.entries.known({ ...wanted, at: '2025-01-01T00:00:00.000Z' })).toEqual(entry);
      expect(await records.entries.known({ ...wanted, idempotencyKey: null })).toBeUndefined();
      await expect(records.entries.known({ ...wanted, after: { age: 2 } })).rejects.toMatchObject({
        code: 'IDEMPOTENCY_REUSED',
      });
    });

    describe('a stale write', () => {
      test('is refused with both versions, and leaves nothing', async () => {
        const key = newKey();
        await append(written(key, { age: 1 }));
        const winner = await append(written(key, { age: 2 }, { kind: 'change', expected: 1, before: { age: 1 } }));
        const before = await end();
        const error = await refusal(written(key, { age: 3 }, { kind: 'change', expected: 1, before: { age: 1 } }));
        expect(error).toBeInstanceOf(RecordConflict);
        expect(error).toMatchObject({ code: 'RECORD_CONFLICT', expected: 1, present: winner });
        expect(await end()).toBe(before);
        expect(await records.rows.get('patients', key)).toMatchObject({ version: 2, values: { age: 2 } });
      });

      test('is one from the future too, and one of what was deleted since or never was', async () => {
        const [key, gone] = [newKey(), newKey()];
        for (const one of [key, gone]) await append(written(one, { age: 1 }));
        const tombstone = await append(written(gone, null, { kind: 'delete', expected: 1, before: { age: 1 } }));
        const change = { kind: 'change', expected: 2, before: { age: 1 } } as const;
        expect((await refusal(written(key, { age: 2 }, change))).code).toBe('RECORD_CONFLICT');
        expect((await refusal(written(newKey(), { age: 2 }, change))).present).toBeUndefined();
        const late = await refusal(written(gone, { age: 2 }, { ...change, expected: 1 }));
        expect(late).toMatchObject({ code: 'RECORD_CONFLICT', present: tombstone });
        const again = await refusal(written(gone, null, { kind: 'delete', expected: 1, before: { age: 1 } }));
        expect(again.code).toBe('RECORD_CONFLICT');
      });

      test('has exactly one winner among 20 at once, whatever they are', async () => {
        for (const kind of ['create', 'change', 'delete'] as const) {
          const key = newKey();
          if (kind !== 'create') await append(written(key, { age: 0 }));
          const more = { kind, expected: kind === 'create' ? 0 : 1, before: kind === 'create' ? null : { age: 0 } };
          const tries = await Promise.allSettled(
            Array.from({ length: 20 }, (_, age) => append(written(key, kind === 'delete' ? null : { age }, more))),
          );
          const won = tries.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
          expect(won).toHaveLength(1);
          expect(await records.entries.history('patients', key)).toContainEqual(won[0]);
          expect(await records.rows.get('patients', key)).toMatchObject({ sequence: won[0]?.sequence });
          for (const result of tries) {
            if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(RecordConflict);
          }
        }
      });
    });

    test('a record that is there is not created again', async () => {
      const key = newKey();
      const first = await append(written(key, { age: 1 }));
      expect(await refusal(written(key, { age: 2 }))).toMatchObject({ code: 'RECORD_EXISTS', present: first });
    });

    describe('a write under an idempotency key', () => {
      test('is there once, however often it comes, and each time returns what the first did', async () => {
        const key = newKey();
        const wanted = written(key, { age: 1, name: 'A' }, { idempotencyKey: `once-${key}` });
        const first = await records.entries.append(wanted);
        const later = { ...wanted, after: { name: 'A', age: 1 }, at: '2024-06-16T00:00:00.000Z' };
        expect(await records.entries.append(later)).toEqual({ entry: first.entry, repeated: true });
        expect(await records.entries.history('patients', key)).toHaveLength(1);
      });

      test('returns what it did even after others changed the record', async () => {
        const key = newKey();
        const wanted = written(key, { age: 1 }, { idempotencyKey: `once-${key}` });
        const { entry } = await records.entries.append(wanted);
        await append(written(key, { age: 2 }, { kind: 'change', expected: 1, before: { age: 1 } }));
        expect(await records.entries.append(wanted)).toEqual({ entry, repeated: true });
        expect(await records.rows.get('patients', key)).toMatchObject({ version: 2, values: { age: 2 } });
      });

      test('is refused where the key stands for another', async () => {
        const key = newKey();
        const wanted = written(key, { age: 1 }, { idempotencyKey: `once-${key}` });
        await append(wanted);
        const other = { code: 'IDEMPOTENCY_REUSED' };
        await expect(append({ ...wanted, after: { age: 2 } })).rejects.toMatchObject(other);
        await expect(append({ ...wanted, key: newKey() })).rejects.toMatchObject(other);
        await expect(append({ ...wanted, kind: 'change' })).rejects.toMatchObject(other);
      });

      test('has one entry when ten come at once', async () => {
        const key = newKey();
        const wanted = written(key, { age: 1 }, { idempotencyKey: `once-${key}` });
        const answers = await Promise.all(Array.from({ length: 10 }, () => records.entries.append(wanted)));
        expect(new Set(answers.map(({ entry }) => entry.sequence)).size).toBe(1);
        expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
      });
    });

    describe('the log', () => {
      test('is read from any place in its order, and counted', async () => {
        const before = await end();
        const keys = Array.from({ length: 1_203 }, newKey);
        const entries: Entry[] = [];
        for (const key of keys) entries.push(await append(written(key, { age: 1 })));
        expect((await all(records.entries.read(before))).map(({ key }) => key)).toEqual(keys);
        expect(await records.entries.count(before)).toBe(keys.length);
        const middle = entries[600]?.sequence ?? 0;
        expect((await all(records.entries.read(middle))).map(({ key }) => key)).toEqual(keys.slice(601));
        expect(await records.entries.count(middle)).toBe(602);
        const part = await all(records.entries.read(middle, entries[1150]?.sequence));
        expect(part.map(({ key }) => key)).toEqual(keys.slice(601, 1151));
        expect(await records.entries.count(await end())).toBe(0);
      });

      test('says which one it is, and where it ends', async () => {
        const { log } = await records.entries.end();
        const entry = await append(written(newKey(), { age: 1 }));
        expect(await records.entries.end()).toEqual({ log, sequence: entry.sequence });
        expect((await opened.other.entries.end()).log).not.toBe(log);
        expect(log).toMatch(/^[0-9a-f-]{36}$/);
      });

      test('of another workspace is another, with its own keys and idempotency keys', async () => {
        const key = newKey();
        const wanted = written(key, { age: 1 }, { idempotencyKey: `once-${key}` });
        await append(wanted);
        const { other } = opened;
        expect(await other.rows.get('patients', key)).toBeUndefined();
        expect(await other.entries.history('patients', key)).toEqual([]);
        expect(await other.entries.append({ ...wanted, after: { age: 2 } })).toMatchObject({ repeated: false });
        expect(await records.rows.get('patients', key)).toMatchObject({ values: { age: 1 } });
        expect((await other.rows.list('patients', { limit: 10 })).total).toBe(1);
        expect(await other.entries.count(0)).toBe(1);
      });
    });

    describe('a list of rows', () => {
      const ages = [70, 8, null, 41, 41, 100];
      const numbers = ages.map((_, index) => index);
      let fill: Promise<unknown> | undefined;
      /** Prescriptions are written by these tests alone. */
      const list = async (query: Partial<RowQuery> = {}) => {
        fill ??= (async () => {
          for (const index of numbers) {
            const values = {
              prescription_id: `rx-${index}`,
              patient_id: `P${index % 2}`,
              drug_name: ['b', 'B', 'ä', 'z', '\u{1F600}', '\uFB01'][index] ?? null,
              quantity: ages[index] ?? null,
            };
            await append(written(`rx-${index}`, values, { table: 'prescriptions' }));
          }
          await append(written('rx-gone', { patient_id: 'P0' }, { table: 'prescriptions' }));
          const before = { patient_id: 'P0' };
          await append(written('rx-gone', null, { table: 'prescriptions', kind: 'delete', expected: 1, before }));
        })();
        await fill;
        return records.rows.list('prescriptions', { limit: 100, ...query });
      };
      const found = async (query: Partial<RowQuery> = {}) => (await list(query)).rows.map(({ key }) => key.slice(3));

      test('holds what is there by key, and tombstones where they are asked for', async () => {
        expect(await found()).toEqual(['0', '1', '2', '3', '4', '5']);
        expect(await found({ deleted: true })).toEqual(['0', '1', '2', '3', '4', '5', 'gone']);
        expect((await list({ limit: 2 })).total).toBe(6);
      });

      test('is filtered by values, by missing ones and by bounds', async () => {
        expect(await found({ where: [{ field: 'patient_id', in: ['P1'] }] })).toEqual(['1', '3', '5']);
        expect(await found({ where: [{ field: 'quantity', in: [8, null] }] })).toEqual(['1', '2']);
        expect(await found({ where: [{ field: 'quantity', from: 41, to: 70 }] })).toEqual(['0', '3', '4']);
        expect(await found({ where: [{ field: 'drug_name', from: 'a' }] })).toEqual(['0', '2', '3', '4', '5']);
        expect(await found({ where: [{ field: 'quantity', in: [] }] })).toEqual([]);
        const both = [
          { field: 'patient_id', in: ['P0'] },
          { field: 'quantity', from: 42 },
        ];
        expect(await found({ where: both })).toEqual(['0']);
      });

      test('of a list field finds rows whose list holds the value', async () => {
        const [one, two, none] = [newKey(), newKey(), newKey()];
        await append(written(one, { chronic_conditions: ['rare-a', 'rare-b'] }));
        await append(written(two, { chronic_conditions: ['rare-b'] }));
        await append(written(none, { chronic_conditions: null }));
        const holding = async (value: string) => {
          const where = [{ field: 'chronic_conditions', in: [value] }];
          return (await records.rows.list('patients', { where, limit: 10 })).rows.map(({ key }) => key);
        };
        expect(await holding('rare-b')).toEqual([one, two]);
        expect(await holding('rare-a')).toEqual([one]);
        expect(await holding('rare')).toEqual([]);
      });

      test('is sorted by numbers as numbers and texts by their bytes, what is missing last', async () => {
        expect(await found({ sort: [{ field: 'quantity' }] })).toEqual(['1', '3', '4', '0', '5', '2']);
        expect(await found({ sort: [{ field: 'quantity', descending: true }] })).toEqual([
          '5',
          '0',
          '3',
          '4',
          '1',
          '2',
        ]);
        const last = opened.texts === 'utf-16' ? ['4', '5'] : ['5', '4'];
        expect(await found({ sort: [{ field: 'drug_name' }] })).toEqual(['1', '0', '3', '2', ...last]);
      });

      test('is the same in pages as in one, whatever the order and the filter', async () => {
        await list();
        const sorts = fc.uniqueArray(
          fc.record({ field: fc.constantFrom('patient_id', 'quantity', 'drug_name'), descending: fc.boolean() }),
          { selector: ({ field }) => field, maxLength: 3 },
        );
        await fc.assert(
          fc.asyncProperty(sorts, fc.integer({ min: 1, max: 4 }), fc.boolean(), async (sort, limit, deleted) => {
            const whole = await list({ sort, deleted });
            const paged: string[] = [];
            for (let after: string | null | undefined; after !== null; ) {
              const page = await list({ sort, deleted, limit, ...(after !== undefined && { after }) });
              expect(page.total).toBe(whole.total);
              paged.push(...page.rows.map(({ key }) => key));
              after = page.next;
            }
            expect(paged).toEqual(whole.rows.map(({ key }) => key));
          }),
          { numRuns: 40 },
        );
      });

      test('refuses fields that are none, limits out of bounds and cursors of another order, all at once', async () => {
        const { next } = await list({ limit: 1 });
        const bad: Partial<RowQuery>[] = [
          { where: [{ field: 'x"; drop table rows; --', in: ['1'] }] },
          { where: [{ field: 'quantity', in: ['8'] }] },
          { sort: [{ field: 'nothing' }] },
          { limit: 0 },
          { limit: 1001 },
          { after: 'nonsense' },
          { after: next ?? '', sort: [{ field: 'quantity' }] },
        ];
        for (const query of bad) await expect(list(query)).rejects.toMatchObject({ code: 'RECORDS_QUERY' });
        const error = await list({ limit: 0, sort: [{ field: 'nothing' }] }).catch((thrown: unknown) => thrown);
        expect((error as { faults: unknown[] }).faults).toHaveLength(2);
      });
    });

    describe('predictions', () => {
      const predicted = (model: string, id: string, more: Partial<Prediction> = {}): Prediction => ({
        id,
        model,
        version: '1',
        inputHash: 'abc',
        inputs: { age: 65, gender: 'Male', bmi: null },
        result: { prediction: 'HIGH_RISK', probability: 0.25, explanation: [{ feature: 'age', contribution: 0.1 }] },
        at,
        patient: 'P1',
        ...more,
      });
      const read = (query: PredictionQuery) => all(records.predictions.read(query));

      test('are read as they were kept, with no outcome yet', async () => {
        const model = newKey();
        const own = [predicted(model, 'a'), predicted(model, 'b', { inputs: null, patient: null })];
        await records.predictions.keep(own);
        expect(await read({ model })).toEqual(own.map((one) => ({ ...one, outcome: null })));
        expect(await records.predictions.keep([])).toBeUndefined();
      });

      test('are never changed: what is kept again is as it was', async () => {
        const model = newKey();
        await records.predictions.keep([predicted(model, `${model}-a`)]);
        await records.predictions.keep([
          predicted(model, `${model}-a`, { result: { probability: 1 } }),
          predicted(model, `${model}-b`),
        ]);
        const kept = await read({ model });
        expect(kept.map(({ id }) => id)).toEqual([`${model}-a`, `${model}-b`]);
        expect(kept[0]?.result).toMatchObject({ probability: 0.25 });
      });

      test('get one outcome, the first', async () => {
        const model = newKey();
        const ids = ['a', 'b', 'c', 'd'].map((letter) => `${model}-${letter}`);
        await records.predictions.keep(ids.map((id) => predicted(model, id)));
        const outcome = (prediction = '', value: number | string | null = 1) => ({ prediction, value, run: 'r', at });
        expect(await records.predictions.mature([outcome(ids[0]), outcome(ids[1], 'WORSENING')])).toBe(2);
        expect(await records.predictions.mature([outcome(ids[0], 0), outcome(ids[2], null)])).toBe(1);
        const kept = await read({ model });
        expect(kept.map((one) => one.outcome)).toEqual([
          outcome(ids[0]),
          outcome(ids[1], 'WORSENING'),
          outcome(ids[2], null),
          null,
        ]);
        expect((await read({ model, matured: false })).map(({ id }) => id)).toEqual([ids[3]]);
        expect(await records.predictions.count({ model, matured: true })).toBe(3);
      });

      test('are told apart by whether their patient is known', async () => {
        const model = newKey();
        const [known, unknown] = [`${model}-a`, `${model}-b`];
        await records.predictions.keep([predicted(model, known), predicted(model, unknown, { patient: null })]);
        expect((await read({ model, known: true })).map(({ id }) => id)).toEqual([known]);
        expect((await read({ model, known: false })).map(({ id }) => id)).toEqual([unknown]);
      });

      test('are found by model, version and period, in the order in which they were made', async () => {
        const model = newKey();
        const on = (day: number) => `2024-06-${String(day).padStart(2, '0')}T00:00:00.000Z`;
        const days = [3, 1, 2, 2];
        await records.predictions.keep(
          days.map((day, index) =>
            predicted(model, `${model}-${index}`, { at: on(day), version: index < 2 ? '1' : '2' }),
          ),
        );
        const ids = async (query: Partial<PredictionQuery>) =>
          (await read({ model, ...query })).map(({ id }) => id.at(-1));
        expect(await ids({})).toEqual(['1', '2', '3', '0']);
        expect(await ids({ version: '2' })).toEqual(['2', '3']);
        expect(await ids({ from: on(2) })).toEqual(['2', '3', '0']);
        expect(await ids({ from: on(1), before: on(2) })).toEqual(['1']);
        expect(await records.predictions.count({ model, before: on(3) })).toBe(3);
        expect(await ids({ model: 'none' })).toEqual([]);
      });

      test('of a large batch are all there, read to the last', async () => {
        const model = newKey();
        const many = Array.from({ length: 1_234 }, (_, index) => predicted(model, `${model}-${index}`));
        await records.predictions.keep(many);
        expect(new Set((await read({ model })).map(({ id }) => id)).size).toBe(many.length);
      });

      test('of another workspace are not seen', async () => {
        const model = newKey();
        await records.predictions.keep([predicted(model, `${model}-a`)]);
        expect(await all(opened.other.predictions.read({ model }))).toEqual([]);
        await opened.other.predictions.keep([predicted(model, `${model}-a`, { version: '2' })]);
        expect((await read({ model })).map(({ version }) => version)).toEqual(['1']);
      });
    });
  });
}
