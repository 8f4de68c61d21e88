// What people type becomes data as files do: read, accounted for, published, and held against files by the rule of winners.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claimSequence, inForce, readBatches } from '../../src/pipeline/batch.js';
import { collectGarbage } from '../../src/pipeline/gc.js';
import { holdRuns } from '../../src/pipeline/holding.js';
import { landEntries } from '../../src/pipeline/land/land-entries.js';
import { traceRow } from '../../src/pipeline/lineage.js';
import { readRuns } from '../../src/pipeline/publish/manifest.js';
import { openWorkspace, type Workspace } from './harness.js';
import { type Typing, typingInto } from './typing.js';

let workspace: Workspace;
let typing: Typing;
beforeEach(async () => {
  workspace = await openWorkspace();
  typing = typingInto(workspace);
});
afterEach(() => workspace.close());

const people = (...rows: string[]) => ['patient_id,name,age', ...rows, ''].join('\n');
const names = async () => {
  const rows = await workspace.rows<{ patient_id: string; name: string }>('patients');
  return Object.fromEntries(rows.map((row) => [row.patient_id, row.name]));
};
const patient = (patient_id: string, name: string, age = 41) => ({ patient_id, name, age });
const losers = () =>
  workspace.rows(
    'deduplicate/patients',
    'select _batch, _row, _disposition, _reason, _winner_batch, _winner_row from t order by all',
  );

describe('typed rows', () => {
  test('are published with their derived columns, beside those of files and of other tables', async () => {
    await workspace.land({ 'patients.csv': people('P1,Ann,50') });
    await typing.type('patients', { ...patient('P2', 'Bea', 70), gender: 'Female', registration_date: '2024-06-01' });
    const visit = { visit_id: 'V1', patient_id: 'P2', visit_date: '2024-06-02', severity_score: 7.5 };
    await typing.type('visits', { ...visit, blood_pressure: '120/80' });
    await typing.type('prescriptions', { prescription_id: 'R1', visit_id: 'V1', drug_name: 'Metformin' });
    await typing.run();
    expect(await workspace.rows('patients', 'select patient_id, source, age_group, gender from t order by 1')).toEqual([
      { patient_id: 'P1', source: 'default', age_group: '50-64', gender: null },
      { patient_id: 'P2', source: 'default', age_group: '65+', gender: 'Female' },
    ]);
    expect(await workspace.rows('visits', 'select patient_known, severity_level, systolic from t')).toEqual([
      { patient_known: true, severity_level: 'High', systolic: 120 },
    ]);
    expect(await workspace.rows('prescriptions', 'select patient_id, drug_name from t')).toEqual([
      { patient_id: 'P2', drug_name: 'Metformin' },
    ]);
  });

  test('come through as they were typed, whatever stands in them', async () => {
    const name = 'Åsa "the 😀",\nO\'Brien; Jr.\\';
    const values = { ...patient('a,"b"', name), bmi: 23.4, chronic_conditions: ['Asthma', 'Gout, "old"'] };
    await typing.type('patients', { ...values, race: null, insurance_type: 'None', birth_date: '1983-02-28' });
    await typing.run();
    const columns =
      'patient_id, name, age, bmi, chronic_conditions, race, insurance_type, cast(birth_date as varchar) as born';
    expect(await workspace.rows('patients', `select ${columns} from t`)).toEqual([
      { ...values, race: null, insurance_type: 'None', born: '1983-02-28' },
    ]);
  });

  test('are accounted for in records, without lines, each entry by itself', async () => {
    await workspace.land({ 'patients.csv': people('P1,Ann,50') });
    for (const name of ['Bea', 'Bee', 'Bee Lee']) await typing.type('patients', patient('P2', name));
    const { manifest } = await typing.run();
    expect(manifest.accounting).toEqual([
      expect.objectContaining({ file: 'patients.csv', lines: 2, header: 1, used: 1 }),
      {
        ...{ file: 'entries/patients', source: 'default', batch: 2 },
        records: { total: 3, used: 1, duplicates: 2, rejected: 0, not_used: 0 },
      },
    ]);
    expect(manifest.entries).toMatchObject({ sequence: 3 });
    const unique = manifest.quality?.checks.find(({ id }) => id === 'patients.key.unique');
    expect(unique).toMatchObject({ failed_rows: 0 });
  });

  test('land once: without a new one there is no batch, and the run is the one that is published', async () => {
    await typing.type('patients', patient('P1', 'Ann'));
    const first = await typing.run();
    expect(await typing.land()).toBeUndefined();
    expect(await typing.run()).toMatchObject({ published: false, manifest: { id: first.manifest.id } });
  });

  test('are followed back to their entry, and so is what they replaced', async () => {
    await workspace.land({ 'patients.csv': people('P1,Ann,50') });
    await typing.type('visits', { visit_id: 'V0', patient_id: 'P1', visit_date: '2024-06-02' });
    await typing.type('patients', patient('P1', 'Anna'));
    await typing.run();
    const { rows } = await traceRow(workspace.lake, workspace.engine, 'patients', 'P1');
    expect(rows).toMatchObject([
      { file: 'patients.csv', disposition: 'duplicate', winner: { file: 'entries/patients', row: 2 } },
      { file: 'entries/patients', row: 2, line: null, disposition: 'used' },
    ]);
    expect(rows[1]?.values).toContainEqual(
      expect.objectContaining({ field: 'name', column: 'name', original: 'Anna', value: 'Anna' }),
    );
  });
});

describe('whoever types all day', () => {
  const landed = async () => inForce(await readBatches(workspace.lake));
  const typed = async (...ids: string[]) => {
    for (const id of ids) await typing.type('patients', patient(id, `Name of ${id}`));
  };

  test('leaves few batches, each entry in one of them', async () => {
    let most = 0;
    for (let n = 1; n <= 60; n++) {
      await typed(`P${n}`);
      await typing.land();
      most = Math.max(most, (await landed()).length);
    }
    expect(most).toBeLessThanOrEqual(5);
    expect((await landed()).flatMap(({ tables }) => tables).reduce((sum, { rows }) => sum + rows, 0)).toBe(60);
    const { manifest } = await typing.run();
    expect(manifest.batches).toEqual((await landed()).map(({ id }) => id));
    const records = manifest.accounting.map((file) => file.records);
    expect(records.reduce((sum, one) => sum + (one?.total ?? 0), 0)).toBe(60);
    expect(Object.keys(await names())).toHaveLength(60);
  });

  test('makes no step anew that reads only files', async () => {
    await workspace.land({ 'patients.csv': people('F1,Ann,50') });
    await typed('P1');
    await typing.run();
    await typed('P2');
    const { steps, manifest } = await typing.run();
    expect(steps.find(({ name }) => name.startsWith('clean/patients@1'))?.reused).toBe(true);
    expect(manifest).toMatchObject({ entries: { sequence: 2 }, batches: [expect.any(String), expect.any(String)] });
    expect(await names()).toEqual({ F1: 'Ann', P1: 'Name of P1', P2: 'Name of P2' });
  });

  test('has batches of their own on another day, and where a file landed between', async () => {
    await typed('P1');
    await typing.land('2024-06-14');
    await typed('P2');
    await typing.land('2024-06-15');
    await workspace.land({ 'patients.csv': people('F1,Ann,50') }, { on: '2024-06-15' });
    for (const id of ['P3', 'P4']) {
      await typed(id);
      await typing.land('2024-06-15');
    }
    const through = (await landed()).map((batch) => batch.through?.sequence ?? batch.from);
    expect(through).toEqual([1, 2, 'csv', 4]);
  });

  test('has one where something else begins to land in the same moment', async () => {
    const { lake, engine } = workspace;
    await typed('P1');
    await typing.land();
    await typed('P2');
    let claimed = 0;
    const lander = async () => {
      claimed ||= await claimSequence(lake, 'a file that is still on its way');
      return engine;
    };
    const clock = () => new Date('2024-06-15T12:00:00');
    const batch = await landEntries({ lake, records: typing.records, lander, clock });
    expect([claimed, batch?.first, batch?.through?.sequence]).toEqual([2, undefined, 2]);
    expect((await landed()).map(({ tables }) => tables[0]?.rows)).toEqual([1, 1]);
    // What it left in its place is none of its business later, either.
    await typed('P3');
    expect((await typing.land())?.first).toEqual(batch?.sequence);
    await typing.run();
    expect(Object.keys(await names())).toEqual(['P1', 'P2', 'P3']);
  });

  test('keeps what has landed where an old copy of the log, which went on in another way, is brought back', async () => {
    await typed('P1');
    await typing.land();
    const { log } = await typing.records.entries.end();
    const another = typingInto(workspace);
    for (const name of ['Otto', 'Olga']) await another.type('patients', patient(name, name));
    const { entries } = another.records;
    const records = { ...another.records, entries: { ...entries, end: async () => ({ log, sequence: 2 }) } };
    const { lake, engine } = workspace;
    const clock = () => new Date('2024-06-15T12:00:00');
    const batch = await landEntries({ lake, records, lander: async () => engine, clock });
    expect(batch).toMatchObject({ after: 1, through: { log, sequence: 2 } });
    expect((await landed()).map(({ id }) => id)).toEqual([expect.not.stringMatching(batch?.id ?? ''), batch?.id]);
    await typing.run({ land: async () => undefined });
    expect(await names()).toEqual({ P1: 'Name of P1', Olga: 'Olga' });
  });

  test('loses nothing to a collection, which takes what another batch stands for when no kept run reads it', async () => {
    for (const id of ['P1', 'P2', 'P3']) {
      await typed(id);
      await typing.run();
    }
    const { lake } = workspace;
    const options = { keep: 2, grace: 24 * 3_600_000, stepGrace: 0, dry: false };
    const letGo = await holdRuns(lake);
    await collectGarbage(lake, options);
    expect(await readBatches(lake)).toHaveLength(3);
    await letGo();
    await collectGarbage(lake, options);
    const [newest, before] = await readRuns(lake);
    const kept = (await readBatches(lake)).map(({ id }) => id);
    expect(new Set(kept)).toEqual(new Set([...(newest?.batches ?? []), ...(before?.batches ?? [])]));
    await collectGarbage(lake, { ...options, keep: 1 });
    expect((await readBatches(lake)).map(({ id }) => id)).toEqual(newest?.batches);
    expect(await typing.run()).toMatchObject({ published: false });
    expect((await traceRow(lake, workspace.engine, 'patients', 'P1')).rows).toMatchObject([{ row: 1 }]);
    await typed('P4');
    await typing.run();
    expect(Object.keys(await names())).toEqual(['P1', 'P2', 'P3', 'P4']);
  });

  test('leaves every full extract a batch of its own, also one that comes back after a collection', async () => {
    for (const id of ['P1', 'P2', 'P3']) {
      await typed(id);
      await typing.run();
    }
    const extract = (name: string) =>
      workspace.land({ 'patients.csv': people(`F1,${name},50`) }, { mode: 'snapshot', source: 'ward' });
    await extract('Ann');
    await workspace.run();
    await collectGarbage(workspace.lake, { keep: 1, grace: 24 * 3_600_000, stepGrace: 0, dry: false });
    await extract('Bea');
    await extract('Ann');
    const ids = (await landed()).map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([4, 4]);
  });

  test('has the same rows as who types a little each day, whatever files land between', async () => {
    const key = fc.constantFrom('A', 'B', 'C');
    const act = fc.oneof(
      fc.record({ act: fc.constant('type' as const), key, name: fc.constantFrom('x', 'y', 'z') }),
      fc.record({ act: fc.constant('remove' as const), key }),
      fc.record({ act: fc.constant('land' as const) }),
      fc.record({ act: fc.constant('file' as const), key, name: fc.constantFrom('x', 'y', 'z') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async (acts) => {
        const rows = [];
        for (const isOneDay of [true, false]) {
          const own = await openWorkspace();
          try {
            const desk = typingInto(own);
            for (const [n, one] of acts.entries()) {
              const on = isOneDay ? '2024-06-15' : `2024-06-${10 + n}`;
              if (one.act === 'type') await desk.type('patients', patient(one.key, one.name));
              else if (one.act === 'remove') {
                const row = await desk.records.rows.get('patients', one.key);
                if (row && !row.deleted) await desk.remove('patients', one.key);
              } else if (one.act === 'land') await desk.land(on);
              else await own.land({ [`${n}.csv`]: people(`${one.key},${one.name},${n}`) }, { as: 'patients', on });
            }
            await desk.type('patients', patient('last', 'x'));
            await desk.run({ land: async () => void (await desk.land(isOneDay ? '2024-06-15' : '2024-06-28')) });
            rows.push(await own.rows('patients', 'select patient_id, name, age from t order by all'));
          } finally {
            await own.close();
          }
        }
        expect(rows[0]).toEqual(rows[1]);
      }),
      { numRuns: 12 },
    );
  });
});

describe('a log', () => {
  test('that was replaced by another lands from its own beginning', async () => {
    await typing.type('patients', patient('P1', 'Ann'));
    await typing.land();
    const another = typingInto(workspace);
    await another.type('patients', patient('P2', 'Bea'));
    expect((await another.run()).manifest.entries).toEqual(await another.records.entries.end());
    expect(await names()).toEqual({ P1: 'Ann', P2: 'Bea' });
  });

  test('lands when what was read of it has settled, and not before', async () => {
    await typing.type('patients', patient('P1', 'Ann'));
    const { lake, engine } = workspace;
    const lost = {
      ...typing.records,
      entries: { ...typing.records.entries, settled: () => Promise.reject(new Error('the disk is gone')) },
    };
    const landing = landEntries({ lake, records: lost, lander: async () => engine, clock: () => new Date() });
    await expect(landing).rejects.toThrow('the disk is gone');
    expect(await readBatches(lake)).toEqual([]);
    expect((await typing.land())?.through?.sequence).toBe(1);
  });

  test('that is older than what has landed of it is refused', async () => {
    await typing.type('patients', patient('P1', 'Ann'));
    const { log } = await typing.records.entries.end();
    await typing.land();
    const older = {
      ...typing.records,
      entries: { ...typing.records.entries, end: async () => ({ log, sequence: 0 }) },
    };
    const { lake, engine } = workspace;
    const landing = landEntries({ lake, records: older, lander: async () => engine, clock: () => new Date() });
    await expect(landing).rejects.toMatchObject({ code: 'RECORDS_BEHIND' });
  });
});

describe('a typed correction', () => {
  beforeEach(async () => {
    await workspace.land({ 'a.csv': people('P1,Ann,50', 'P2,Bob,60') });
    await typing.type('patients', patient('P1', 'Anna', 50));
    await typing.land();
  });

  test('holds when a file brings the row again as it was', async () => {
    await workspace.land({ 'b.csv': people('P1, Ann ,50.0', 'P3,Cid,70') });
    await typing.run();
    expect(await names()).toEqual({ P1: 'Anna', P2: 'Bob', P3: 'Cid' });
    expect(await losers()).toEqual([
      { _batch: 1, _row: 1, _disposition: 'duplicate', _reason: 'earlier_version', _winner_batch: 2, _winner_row: 1 },
      { _batch: 3, _row: 1, _disposition: 'duplicate', _reason: 'earlier_version', _winner_batch: 2, _winner_row: 1 },
    ]);
  });

  test('ends when the row of the file changes, and does not come back with the old content', async () => {
    await workspace.land({ 'b.csv': people('P1,Ann,51') });
    await typing.run();
    expect(await names()).toMatchObject({ P1: 'Ann' });
    await workspace.land({ 'c.csv': people('P1,Ann,50') });
    await typing.run();
    expect(await names()).toMatchObject({ P1: 'Ann' });
  });

  test('may be made again after that, and holds again', async () => {
    await workspace.land({ 'b.csv': people('P1,Ann,51') });
    await typing.type('patients', patient('P1', 'Anna', 51));
    await typing.land();
    await workspace.land({ 'c.csv': people('x,X,1', 'P1,Ann,51') });
    await typing.run();
    expect(await names()).toMatchObject({ P1: 'Anna' });
  });

  test('is not taken away by a full extract without its row', async () => {
    await workspace.land({ 'b.csv': people('P3,Cid,70') }, { mode: 'snapshot' });
    await typing.type('patients', patient('P4', 'Dan'));
    await typing.run();
    await workspace.land({ 'c.csv': people('P3,Cid,71') }, { mode: 'snapshot' });
    await typing.run();
    expect(await names()).toEqual({ P1: 'Anna', P3: 'Cid', P4: 'Dan' });
  });
});

describe('a deleted row', () => {
  beforeEach(async () => {
    await workspace.land({ 'a.csv': people('P1,Ann,50', 'P2,Bob,60') });
    await typing.remove('patients', 'P1');
  });

  test('is gone; its records lost to the tombstone, which is not used, and all add up', async () => {
    const { manifest } = await typing.run();
    expect(await names()).toEqual({ P2: 'Bob' });
    expect(manifest.accounting).toMatchObject([
      { file: 'a.csv', records: { total: 2, used: 1, duplicates: 1 } },
      { file: 'entries/patients', records: { total: 1, used: 0, not_used: 1 } },
    ]);
    expect(await losers()).toEqual([
      { _batch: 1, _row: 1, _disposition: 'duplicate', _reason: 'earlier_version', _winner_batch: 2, _winner_row: 1 },
      { _batch: 2, _row: 1, _disposition: 'not_used', _reason: 'deleted', _winner_batch: null, _winner_row: null },
    ]);
  });

  test('stays gone until its file changes it, or somebody types it again', async () => {
    await typing.land();
    await workspace.land({ 'b.csv': people('x,X,1', 'P1,Ann,50') });
    await typing.run();
    expect(await names()).toEqual({ P2: 'Bob', x: 'X' });
    await workspace.land({ 'c.csv': people('P1,Ann,51') });
    await typing.run();
    expect(await names()).toEqual({ P1: 'Ann', P2: 'Bob', x: 'X' });
    await typing.remove('patients', 'P2');
    await typing.type('patients', patient('P2', 'Rob'));
    const { manifest } = await typing.run();
    expect(await names()).toEqual({ P1: 'Ann', P2: 'Rob', x: 'X' });
    expect(manifest.accounting.at(-1)?.records).toEqual({ total: 2, used: 1, duplicates: 1, rejected: 0, not_used: 0 });
  });

  test('that no file ever had is accounted for as well', async () => {
    await typing.type('visits', { visit_id: 'V1', patient_id: 'P2', visit_date: '2024-06-02' });
    await typing.land();
    await typing.remove('visits', 'V1');
    await typing.remove('visits', 'V9');
    const { manifest } = await typing.run({ land: async () => void (await typing.land('2024-06-16')) });
    expect(manifest.tables.visits?.rows).toBe(0);
    expect(manifest.accounting.filter(({ file }) => file === 'entries/visits').map(({ records }) => records)).toEqual([
      { total: 1, used: 0, duplicates: 1, rejected: 0, not_used: 0 },
      { total: 2, used: 0, duplicates: 0, rejected: 0, not_used: 2 },
    ]);
  });
});
