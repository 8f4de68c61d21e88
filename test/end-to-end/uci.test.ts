// The UCI diabetes set as it was downloaded, from its zip to published tables.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type IngestDocument, Place, type StatusDocument } from './place.js';

const data = process.env.CARELAKE_TEST_DATA ?? resolve(import.meta.dirname, '../../../shared/data');
const zip = join(data, 'uci-diabetes-130', 'dataset_diabetes.zip');

describe.skipIf(!existsSync(zip))(`the UCI zip as it is (${zip})`, () => {
  let place: Place;
  let landed: IngestDocument;

  beforeAll(async () => {
    place = await Place.make();
    landed = await place.json<IngestDocument>(['ingest', zip]);
    await place.json(['run']);
  });
  afterAll(() => place.remove());

  test('lands as one batch of its own source, with every record of both files', () => {
    expect(landed.batches).toHaveLength(1);
    const [batch] = landed.batches;
    expect(batch?.source).toBe('uci-diabetes');
    const files = batch?.files.map(({ name, records, rejected }) => [name.split('/').at(-1), records, rejected]);
    expect(files).toContainEqual(['diabetic_data.csv', 101_766, 0]);
    expect(files).toHaveLength(2);
  });

  test('has all of its 101,766 encounters used, and every line accounted for', async () => {
    const { accounting, tables } = await place.json<StatusDocument>(['status']);
    const encounters = accounting.find(({ file }) => file.endsWith('/diabetic_data.csv'));
    expect(encounters).toMatchObject({
      file: 'dataset_diabetes.zip/dataset_diabetes/diabetic_data.csv',
      source: 'uci-diabetes',
      lines: 101_767,
      header: 1,
      blank: 0,
      used: 101_766,
      duplicates: 0,
      rejected: 0,
      not_used: 0,
      records: { total: 101_766, used: 101_766, duplicates: 0, rejected: 0, not_used: 0 },
    });
    for (const row of accounting) {
      expect(row.header + row.blank + row.used + row.duplicates + row.rejected + row.not_used).toBe(row.lines);
    }
    expect(tables.visits).toEqual({ rows: 101_766 });
    expect(tables.patients).toEqual({ rows: 71_518 });
  });

  test('has 99,343 index stays, 11,314 of them with a readmission within 30 days', async () => {
    const [row] = await place.query(`select count(*), count(case when is_index then 1 end),
      count(case when readmitted_within_30_days then 1 end), count(distinct readmission_basis) from stays`);
    expect(row).toEqual([101_766, 99_343, 11_314, 1]);
  });

  test('can be followed back from a stay to the line of the file', async () => {
    const { rows } = await place.json<{ rows: { file: string; line: number; disposition: string }[] }>([
      'lineage',
      'stays',
      'uci-diabetes:2278392',
    ]);
    // The first encounter of the file.
    expect(rows).toMatchObject([
      { file: 'dataset_diabetes.zip/dataset_diabetes/diabetic_data.csv', line: 2, disposition: 'used' },
    ]);
  });
});
