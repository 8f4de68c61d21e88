// Which files the UCI source takes for its own, and what it says where the set is not whole.
import { describe, expect, it } from 'vitest';
import { diagnoses } from '../../../src/catalog/tables/diagnoses.js';
import { patients } from '../../../src/catalog/tables/patients.js';
import { prescriptions } from '../../../src/catalog/tables/prescriptions.js';
import { visits } from '../../../src/catalog/tables/visits.js';
import { CarelakeError } from '../../../src/errors.js';
import { uciDiabetes } from '../../../src/sources/uci-diabetes/source.js';
import { head, headOf, rawTablesOf, sample } from './set.js';

const encounters = headOf(sample('diabetic_data.csv'));
const codes = headOf(sample('IDs_mapping.csv'));
const hospitalFile = head('visits.csv', ['visit_id', 'patient_id', 'visit_date']);

function fault(run: () => unknown): CarelakeError {
  try {
    run();
  } catch (error) {
    if (error instanceof CarelakeError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('uci-diabetes recognises', () => {
  it('the encounters by their columns, beside whatever else', () => {
    expect(uciDiabetes.recognises([codes, encounters])).toBe(true);
    expect(uciDiabetes.recognises([encounters])).toBe(true);
  });

  it('neither the code tables alone nor the files of a hospital', () => {
    expect(uciDiabetes.recognises([codes])).toBe(false);
    expect(uciDiabetes.recognises([hospitalFile])).toBe(false);
    expect(uciDiabetes.recognises([])).toBe(false);
  });
});

describe('uci-diabetes plans', () => {
  it('a raw table for the encounters and one for the codes, in any order of files', () => {
    expect(uciDiabetes.plan([codes, encounters], {})).toEqual([
      { file: codes.file, rawTable: 'codes' },
      { file: encounters.file, rawTable: 'encounters' },
    ]);
  });

  it('no set without its code tables, and names the header that is expected', () => {
    const error = fault(() => uciDiabetes.plan([encounters], {}));
    expect(error.code).toBe('UCI_CODES_MISSING');
    expect(error.message).toContain('admission_type_id,description');
    expect(error.message).toContain(encounters.file);
  });

  it('no set without its encounters', () => {
    expect(fault(() => uciDiabetes.plan([codes], {})).code).toBe('UCI_ENCOUNTERS_MISSING');
  });

  it('no file of another format, and names each of them', () => {
    const error = fault(() => uciDiabetes.plan([encounters, codes, hospitalFile, head('notes.txt', ['note'])], {}));
    expect(error.code).toBe('UCI_FILE_UNKNOWN');
    expect(error.faults.map(({ file }) => file)).toEqual(['visits.csv', 'notes.txt']);
  });

  it('no second file of code tables', () => {
    const error = fault(() => uciDiabetes.plan([encounters, codes, { ...codes, file: 'copy/IDs_mapping.csv' }], {}));
    expect(error.code).toBe('UCI_CODES_TWICE');
    expect(error.faults.map(({ file }) => file)).toEqual([codes.file, 'copy/IDs_mapping.csv']);
  });

  it('no encounters that lack a column that is read, and names each column', () => {
    const columns = encounters.columns.filter((name) => name !== 'insulin' && name !== 'diag_2');
    const error = fault(() => uciDiabetes.plan([{ ...encounters, columns }, codes], {}));
    expect(error.code).toBe('UCI_COLUMN_MISSING');
    expect(error.faults.map(({ field }) => field)).toEqual(['diag_2', 'insulin']);
  });

  it('encounters whose columns stand in another order or case', () => {
    const columns = encounters.columns.map((name) => name.toUpperCase()).reverse();
    expect(uciDiabetes.plan([{ ...encounters, columns }, codes], {})).toHaveLength(2);
  });
});

describe('uci-diabetes reads', () => {
  it('each raw table of encounters as four tables, of which the visits decide about the record', () => {
    const { readings, unread } = uciDiabetes.readings(rawTablesOf([encounters, codes]), {});
    expect(readings.map(({ table }) => table)).toEqual(['visits', 'patients', 'diagnoses', 'prescriptions']);
    expect(readings.filter(({ primary }) => primary).map(({ table }) => table)).toEqual(['visits']);
    expect(unread.map(({ rawTable }) => rawTable.name)).toEqual(['codes']);
  });

  it('an origin for each field that it supplies', () => {
    const { readings } = uciDiabetes.readings(rawTablesOf([encounters, codes]), {});
    for (const { fields, origin } of readings) expect(Object.keys(origin)).toEqual(fields);
  });

  it('fields of the catalog only', () => {
    const { readings } = uciDiabetes.readings(rawTablesOf([encounters, codes]), {});
    for (const { table, fields } of readings) {
      const known = [visits, patients, diagnoses, prescriptions].find(({ name }) => name === table)?.fields ?? [];
      expect(known.map(({ name }) => name)).toEqual(expect.arrayContaining([...fields]));
    }
  });

  it('nothing where the batch has no codes', () => {
    const tables = rawTablesOf([encounters, codes]).filter(({ name }) => name !== 'codes');
    expect(fault(() => uciDiabetes.readings(tables, {})).code).toBe('UCI_CODES_MISSING');
  });
});
