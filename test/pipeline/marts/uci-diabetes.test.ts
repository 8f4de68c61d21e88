// The real UCI zip from its file to the marts, against what an independent reader counts in it.
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unpack } from '../../sources/uci-diabetes/zip.js';
import { openWorkspace, type Workspace } from '../harness.js';

const data = process.env.CARELAKE_TEST_DATA ?? resolve(import.meta.dirname, '../../../../shared/data');
const zip = join(data, 'uci-diabetes-130', 'dataset_diabetes.zip');
/** Death (11, 19, 20, 21) and hospice (13, 14), by IDs_mapping.csv. */
const noReturn = new Set(['11', '13', '14', '19', '20', '21']);

describe.skipIf(!existsSync(zip))(`the UCI zip (${zip})`, () => {
  let workspace: Workspace;
  let records: Record<string, string>[];

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'carelake-uci-'));
    const members = await unpack(zip, folder);
    records = parse(readFileSync(members.get('diabetic_data.csv') ?? ''), { columns: true });
    await rm(folder, { recursive: true });
    workspace = await openWorkspace({ lake: 'local' });
    await workspace.land({ 'dataset_diabetes.zip': readFileSync(zip) });
    await workspace.run();
  });
  afterAll(() => workspace?.close());

  test('gives 101,766 visits of 71,518 patients', async () => {
    const { tables } = await workspace.manifest();
    expect(records).toHaveLength(101_766);
    expect({ visits: tables.visits?.rows, patients: tables.patients?.rows, stays: tables.stays?.rows }).toEqual({
      visits: 101_766,
      patients: 71_518,
      stays: 101_766,
    });
    expect(tables.patient_summary?.rows).toBe(71_518);
    expect(tables.months?.rows).toBe(0);
  });

  test('is accounted for to the last record', async () => {
    const { accounting } = await workspace.manifest();
    const encounters = accounting.find(({ file }) => file.endsWith('diabetic_data.csv'));
    expect(encounters?.records).toEqual({ total: 101_766, used: 101_766, duplicates: 0, rejected: 0, not_used: 0 });
    expect(await workspace.rejects()).toEqual([]);
  });

  test('gives 99,343 index stays, and as many readmissions as its labels say of them', async () => {
    const index = records.filter((record) => !noReturn.has(record.discharge_disposition_id ?? ''));
    const readmissions = index.filter(({ readmitted }) => readmitted === '<30').length;
    expect(index).toHaveLength(99_343);
    const [counted] = await workspace.rows(
      'stays',
      `select count(*) as stays, count(case when is_index then 1 end) as index_stays,
  count(case when readmitted_within_30_days then 1 end) as readmissions,
  count(case when is_index and readmitted_within_30_days is null then 1 end) as unlabelled,
  count(case when not is_index and readmitted_within_30_days is not null then 1 end) as labelled_exclusions,
  count(case when readmission_basis = 'file label, all-cause' then 1 end) as by_label from t`,
    );
    expect(counted).toEqual({
      stays: 101_766,
      index_stays: 99_343,
      readmissions,
      unlabelled: 0,
      labelled_exclusions: 0,
      by_label: 101_766,
    });
    const reasons = await workspace.rows(
      'stays',
      'select exclusion_reason as reason, count(*) as stays from t where not is_index group by 1 order by 1',
    );
    const of = (...ids: string[]) =>
      records.filter(({ discharge_disposition_id: id }) => ids.includes(id ?? '')).length;
    expect(reasons).toEqual([
      { reason: 'died', stays: of('11', '19', '20', '21') },
      { reason: 'hospice', stays: of('13', '14') },
    ]);
  });

  test('adds up, patient by patient, to what its records say', async () => {
    const expected = new Map<string, { visits: number; days: number; last: string }>();
    const ordered = [...records].sort((a, b) => Number(a.encounter_id) - Number(b.encounter_id));
    for (const { patient_nbr: patient = '', time_in_hospital: days, encounter_id: last = '' } of ordered) {
      const before = expected.get(patient) ?? { visits: 0, days: 0 };
      expected.set(patient, { visits: before.visits + 1, days: before.days + Number(days), last });
    }
    const summaries = await workspace.rows<{ patient: string; visits: number; days: number }>(
      'patient_summary',
      'select patient_id as patient, visits, days_in_hospital as days from t',
    );
    const wrong = summaries.filter(({ patient, visits, days }) => {
      const own = expected.get(patient.replace('uci-diabetes:', ''));
      return own?.visits !== visits || own.days !== days;
    });
    expect(wrong).toEqual([]);
    const lasts = await workspace.rows<{ patient_id: string; visit_id: string }>(
      'visits',
      `select patient_id, max_by(visit_id, visit_number) as visit_id from t group by patient_id`,
    );
    const misplaced = lasts.filter(
      ({ patient_id, visit_id }) =>
        expected.get(patient_id.replace('uci-diabetes:', ''))?.last !== visit_id.replace('uci-diabetes:', ''),
    );
    expect(misplaced).toEqual([]);
  });
});
