// The file that `carelake rejects --csv` writes for people who open it in a spreadsheet.
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, expect, test } from 'vitest';
import { Place } from './place.js';

let place: Place;
afterEach(() => place.remove());

test('rejects --csv keeps every value, and none of them is a formula', async () => {
  place = await Place.make();
  const values = ['=cmd|"/c calc"!A1', '+1+1', '-2-3', '@SUM(A1)', 'a "quoted", value', 'two\nlines', '-412', '999.5'];
  const rows = values.map((value, n) => `p${n},"${value.replaceAll('"', '""')}"`);
  await writeFile(join(place.path, 'patients.csv'), `patient_id,age\n${rows.join('\n')}\ntoo few\n`);
  await place.json(['ingest', 'patients.csv']);
  await place.json(['run']);
  expect(await place.json(['rejects', '--csv', 'out.csv'])).toMatchObject({ rows: values.length + 1 });
  const out = join(place.path, 'out.csv');
  const records: Record<string, string>[] = parse(await readFile(out), { columns: true });
  expect(Object.keys(records[0] ?? {})).toEqual(['file', 'line', 'row', 'table', 'field', 'value', 'code', 'reason']);
  const kept = records.map(({ value = '' }) => value);
  expect(kept).toEqual([
    `'=cmd|"/c calc"!A1`,
    `'+1+1`,
    `'-2-3`,
    `'@SUM(A1)`,
    'a "quoted", value',
    'two\nlines',
    '-412',
    '999.5',
    'too few',
  ]);
  expect(records.map(({ line }) => Number(line))).toEqual([2, 3, 4, 5, 6, 7, 9, 10, 11]);
  expect((await stat(out)).mode & 0o077).toBe(0);
});

test('what rejects counts are flaws, of which one record may have several', async () => {
  place = await Place.make();
  await writeFile(join(place.path, 'patients.csv'), 'patient_id,age\np1,x\ntoo few\n');
  await place.json(['ingest', 'patients.csv']);
  await place.json(['run']);
  expect((await place.run(['rejects', '--csv', 'out.csv'])).stdout).toBe(
    '2 flaws of rejected records written to out.csv.\n',
  );
  expect((await place.run(['rejects', '--missing', '--csv', 'missing.csv'])).stdout).toBe(
    '0 values set missing written to missing.csv.\n',
  );
  expect((await place.run(['rejects', '--limit', '1'])).stdout).toContain(
    '1 of 2 flaws of rejected records; --limit shows more',
  );
});
