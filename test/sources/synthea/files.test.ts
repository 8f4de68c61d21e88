// Which files the Synthea source takes for its own, and what it says where the export is not whole.
import { describe, expect, it, test } from 'vitest';
import { CarelakeError } from '../../../src/errors.js';
import { sources } from '../../../src/sources/registry.js';
import { synthea } from '../../../src/sources/synthea/source.js';
import { head, headers, headsOf, laterHeaders } from './export.js';

const whole = headsOf(headers);
const hospital = [
  head('patients.csv', 'patient_id,name,birth_date,gender'),
  head('encounters.csv', 'id,patient,start,stop,encounterclass'),
  head('observations.csv', 'date,patient,encounter,code,description,value,units'),
];

function fault(run: () => unknown): CarelakeError {
  try {
    run();
  } catch (error) {
    if (error instanceof CarelakeError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('synthea recognises', () => {
  const releases = [...Object.entries(headers), ...Object.entries(laterHeaders)];

  test.each(releases)('%s.csv alone and under any name: %s', (kind, columns) => {
    for (const file of [`${kind}.csv`, 'export-1.txt']) {
      expect(synthea.recognises([head(file, columns)])).toBe(true);
      expect(synthea.plan([head(file, columns)], {})).toEqual([{ file, rawTable: kind }]);
    }
  });

  it('the whole export before any other source', () => {
    expect(sources.find((source) => source.recognises(whole))?.name).toBe('synthea');
  });

  it('a file with columns of a release to come, by its name', () => {
    const columns = `${headers.observations},VERIFIED_BY`;
    expect(synthea.recognises([head('csv/observations.csv', columns)])).toBe(true);
    expect(synthea.recognises([head('csv/other.csv', columns)])).toBe(false);
  });

  it('none of the files of a hospital, though they bear the names of its own', () => {
    expect(synthea.recognises(hospital)).toBe(false);
    expect(synthea.recognises([])).toBe(false);
  });
});

describe('synthea plans', () => {
  it('a raw table for each of the 18 files', () => {
    expect(new Set(synthea.plan(whole, {}).map(({ rawTable }) => rawTable))).toEqual(new Set(Object.keys(headers)));
    expect(whole).toHaveLength(18);
  });

  it('no file of another format beside them, and names each', () => {
    const error = fault(() => synthea.plan([...whole, head('notes.txt', 'note'), head('wards.csv', 'ward,beds')], {}));
    expect(error.code).toBe('SYNTHEA_FILE_UNKNOWN');
    expect(error.faults.map(({ file }) => file)).toEqual(['notes.txt', 'wards.csv']);
  });

  it('no file that lacks a column that is read, and names column and file', () => {
    const cut = (name: string) => headers.medications?.replace(`${name},`, '') ?? '';
    const heads = [head('patients.csv', headers.patients ?? ''), head('medications.csv', cut('DISPENSES'))];
    expect(synthea.recognises(heads)).toBe(true);
    const error = fault(() => synthea.plan(heads, {}));
    expect(error.code).toBe('SYNTHEA_COLUMN_MISSING');
    expect(error.faults).toMatchObject([{ file: 'medications.csv', line: 1, field: 'DISPENSES' }]);
  });

  it('no medications that lost a column as procedures', () => {
    const columns = headers.medications?.replace('DISPENSES,', '') ?? '';
    expect(synthea.recognises([head('renamed.csv', columns)])).toBe(false);
  });
});

describe('synthea remarks', () => {
  it('nothing on the whole export, nor on files from which nothing is read', () => {
    expect(synthea.remarks?.(whole)).toEqual([]);
    expect(synthea.remarks?.(whole.filter(({ file }) => !/claims|allergies|supplies/.test(file)))).toEqual([]);
  });

  test.each([
    ['patients', /no patients/],
    ['encounters', /no visits/],
    ['observations', /neither BMI nor smoking status.*no blood pressure/],
    ['payers', /no insurance type/],
    ['providers', /no specialty/],
  ])('on a missing %s.csv what follows', (kind, said) => {
    const remarks = synthea.remarks?.(whole.filter(({ file }) => file !== `synthea.zip/${kind}.csv`)) ?? [];
    expect(remarks).toEqual([expect.stringMatching(said)]);
    expect(remarks[0]).toContain(`${kind}.csv`);
  });
});
