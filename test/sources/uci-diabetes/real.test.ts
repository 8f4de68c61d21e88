// The readings over the real zip, against what an independent reader counts in it.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reading, Unread } from '../../../src/sources/source.js';
import { drugs } from '../../../src/sources/uci-diabetes/columns.js';
import { openSet, type Row, type UciSet } from './set.js';
import { unpack } from './zip.js';

const data = process.env.CARELAKE_TEST_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const zip = join(data, 'uci-diabetes-130', 'dataset_diabetes.zip');

describe.skipIf(!existsSync(zip))(`the real UCI zip (${zip})`, () => {
  let folder: string;
  let set: UciSet;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carelake-uci-'));
    const members = await unpack(zip, folder);
    set = await openSet(members.get('diabetic_data.csv') ?? '', members.get('IDs_mapping.csv') ?? '');
  });
  afterAll(async () => {
    set?.close();
    await rm(folder, { recursive: true });
  });

  function reading(table: string): Reading {
    const found = set.readings[table];
    if (!found) throw new Error(`No reading of ${table}.`);
    return found;
  }

  /** The one row of an aggregate, its values as numbers. */
  async function numbers(sql: string, relation: Reading | Unread): Promise<Record<string, number>> {
    const [row = {}] = await set.ask(sql, relation);
    return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]));
  }

  function encounter(record: Readonly<Record<string, string>>): number {
    return Number(record.encounter_id);
  }

  /** The records of each patient, earliest encounter first. */
  function histories(): Map<string, Readonly<Record<string, string>>[]> {
    const found = new Map<string, Readonly<Record<string, string>>[]>();
    for (const record of [...set.records].sort((a, b) => encounter(a) - encounter(b))) {
      const patient = record.patient_nbr ?? '';
      found.set(patient, [...(found.get(patient) ?? []), record]);
    }
    return found;
  }

  function stated(records: readonly Readonly<Record<string, string>>[], column: string): (string | undefined)[] {
    return records.map((record) => record[column]).filter((value) => value !== '?' && value !== 'Unknown/Invalid');
  }

  it('gives 101,766 visits, 11,357 of them with a readmission within 30 days', async () => {
    expect(
      await numbers(
        `select count(*) as rows, count(distinct visit_id) as visits, count(distinct _row) as records,
          count(*) filter (readmitted_within_30_days = 'Yes') as yes,
          count(*) filter (readmitted_within_30_days = 'No') as no from relation`,
        reading('visits'),
      ),
    ).toEqual({ rows: 101_766, visits: 101_766, records: 101_766, yes: 11_357, no: 101_766 - 11_357 });
  });

  it('leaves 99,343 visits that end neither in death nor in hospice', async () => {
    const ended = set.records.filter((record) =>
      ['11', '13', '14', '19', '20', '21'].includes(record.discharge_disposition_id ?? ''),
    );
    expect(ended).toHaveLength(2_423);
    const rows = await set.ask(
      `select visit_id from relation where discharge_disposition in ('died', 'hospice')`,
      reading('visits'),
    );
    expect(new Set(rows.map(({ visit_id }) => visit_id))).toEqual(new Set(ended.map((record) => record.encounter_id)));
  });

  it('maps every code of the file, but for those that the file calls unknown', async () => {
    const rows = await set.ask(
      'select distinct admission_type, discharge_disposition from relation',
      reading('visits'),
    );
    const values = (field: string) => new Set(rows.map((row) => row[field]));
    expect(values('admission_type')).toEqual(new Set(['elective', 'emergency', 'newborn', 'urgent', null]));
    expect(values('discharge_disposition')).toEqual(
      new Set(['died', 'facility', 'home', 'hospice', 'left against advice', 'other', 'transfer', null]),
    );
    const unknown = (column: string, ids: readonly string[]) =>
      set.records.filter((record) => ids.includes(record[column] ?? '')).length;
    expect(
      await numbers(
        `select count(*) - count(admission_type) as types, count(*) - count(discharge_disposition) as dispositions from relation`,
        reading('visits'),
      ),
    ).toEqual({
      types: unknown('admission_type_id', ['5', '6', '8']),
      dispositions: unknown('discharge_disposition_id', ['18', '25', '26']),
    });
  });

  it('keeps what the file says of source, disposition, glucose, change and late readmission', async () => {
    const count = (column: string, values: readonly string[]) =>
      set.records.filter((record) => values.includes(record[column] ?? '')).length;
    expect(
      await numbers(
        `select count(admission_source) as sources, count(distinct admission_source) as kinds,
          count(distinct discharge_disposition_detail) as details, count(discharge_disposition_detail) as detailed,
          count(glucose_band) as glucose, count(*) filter (medication_changed = 'Ch') as changed,
          count(*) filter (readmitted_after_30_days = 'Yes') as late from relation`,
        reading('visits'),
      ),
    ).toEqual({
      sources: 101_766 - count('admission_source_id', ['9', '15', '17', '20', '21']),
      kinds: 9,
      details: 24,
      detailed: 101_766 - count('discharge_disposition_id', ['18', '25', '26']),
      glucose: 101_766 - count('max_glu_serum', ['None']),
      changed: count('change', ['Ch']),
      late: count('readmitted', ['>30']),
    });
  });

  it('gives every visit an age at the middle of its band', async () => {
    const rows = await set.ask('select age, count(*) as visits from relation group by age', reading('visits'));
    const bands = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90].map((low) => [
      String(low + 5),
      set.records.filter(({ age }) => age === `[${low}-${low + 10})`).length,
    ]);
    expect(Object.fromEntries(rows.map(({ age, visits }) => [age, Number(visits)]))).toEqual(Object.fromEntries(bands));
  });

  it('gives 71,518 patients, each with what the rule takes from its encounters', async () => {
    const rows = await set.ask('select * from relation', reading('patients'));
    expect(rows).toHaveLength(71_518);
    const patients = new Map(rows.map((row) => [row.patient_id, row]));
    expect(patients.size).toBe(71_518);
    const position = new Map(set.records.map((record, at) => [record, at + 1]));
    const wrong: Row[] = [];
    for (const [patient, history] of histories()) {
      const row = patients.get(patient) ?? {};
      const latest = history.at(-1);
      const age = Number(/[0-9]+/.exec(history[0]?.age ?? '')?.[0]) + 5;
      const race = stated(history, 'race').at(-1) ?? '?';
      const gender = stated(history, 'gender').at(-1) ?? 'Unknown/Invalid';
      const right = row.race === race && row.gender === gender && row.age === String(age);
      if (!right || Number(row._row) !== (latest && position.get(latest))) wrong.push({ patient, ...row });
    }
    expect(wrong).toEqual([]);
  });

  it('counts the patients whose encounters give them more than one race or gender', async () => {
    const conflicts = (column: string) =>
      [...histories().values()].filter((history) => new Set(stated(history, column)).size > 1).length;
    const rows = await set.ask('select * from relation', reading('patients'), 'conflicts');
    const counted = Object.fromEntries(rows.map((row) => [row.field, Number(row.conflicts)]));
    expect(counted).toEqual({ gender: conflicts('gender'), race: conflicts('race') });
    expect(counted.race).toBeGreaterThan(0);
  });

  it('gives a diagnosis for each of the three columns that holds one', async () => {
    const rows = await set.ask(
      'select rank, count(*) as n from relation group by rank order by rank',
      reading('diagnoses'),
    );
    const stands = (column: string) => set.records.filter((record) => record[column] !== '?').length;
    expect(rows.map(({ rank, n }) => [rank, Number(n)])).toEqual([
      ['1', stands('diag_1')],
      ['2', stands('diag_2')],
      ['3', stands('diag_3')],
    ]);
    expect(await numbers('select count(*) as rows from relation', reading('diagnoses'))).toEqual({ rows: 303_496 });
  });

  it('gives a prescription for each drug that was given', async () => {
    const rows = await set.ask(
      `select drug_name || ' ' || dosage as given, count(*) as n from relation group by 1`,
      reading('prescriptions'),
    );
    const words: Record<string, string> = { Steady: 'steady', Up: 'increased', Down: 'decreased' };
    const expected: Record<string, number> = {};
    for (const record of set.records) {
      for (const drug of drugs) {
        const change = record[drug] ?? '';
        if (change !== 'No') expected[`${drug} ${words[change]}`] = (expected[`${drug} ${words[change]}`] ?? 0) + 1;
      }
    }
    expect(Object.fromEntries(rows.map(({ given, n }) => [given, Number(n)]))).toEqual(expected);
    expect(
      await numbers(
        'select count(*) as rows, count(distinct prescription_id) as ids from relation',
        reading('prescriptions'),
      ),
    ).toEqual({ rows: 120_054, ids: 120_054 });
  });

  it('leaves of the code tables only two separators and two headings unused', async () => {
    expect(
      await numbers(
        `select count(*) filter (_disposition = 'used') as used, count(*) filter (_reason = 'section_header') as not_used,
          count(*) as rows from relation`,
        set.unread,
      ),
    ).toEqual({ used: 63, not_used: 4, rows: 67 });
  });
});
