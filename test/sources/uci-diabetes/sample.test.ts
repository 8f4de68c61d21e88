// Each reading over a small made-up set that holds one of every case.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/sources/source.js';
import { openSet, type Row, sample, type UciSet } from './set.js';

let set: UciSet;
beforeAll(async () => {
  set = await openSet(sample('diabetic_data.csv'), sample('IDs_mapping.csv'));
});
afterAll(() => set.close());

function reading(table: string): Reading {
  const found = set.readings[table];
  if (!found) throw new Error(`No reading of ${table}.`);
  return found;
}

async function byId(table: string, id: string): Promise<Map<unknown, Row>> {
  const rows = await set.ask('select * from relation', reading(table));
  return new Map(rows.map((row) => [row[id], row]));
}

describe('every reading', () => {
  it('gives its record, its item and exactly its fields, as text', async () => {
    for (const table of ['visits', 'patients', 'diagnoses', 'prescriptions']) {
      const described = await set.ask('select column_name, column_type from (describe from relation)', reading(table));
      expect(described.map(({ column_name }) => column_name)).toEqual([
        '_file',
        '_row',
        '_line',
        '_lines',
        '_item',
        ...reading(table).fields,
      ]);
      expect(described.slice(1, 5).every(({ column_type }) => column_type === 'BIGINT')).toBe(true);
      expect(described.slice(5).filter(({ column_type }) => column_type !== 'VARCHAR')).toEqual([]);
    }
  });
});

describe('visits', () => {
  it('has one row for every record, whatever is wrong with it', async () => {
    const rows = await set.ask('select _row, _line, _item from relation order by _row', reading('visits'));
    expect(rows.map(({ _row }) => Number(_row))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(rows.map(({ _item }) => Number(_item)))).toEqual(new Set([0]));
  });

  it('takes the encounter as id and order, and the counts by their new names', async () => {
    const visit = (await byId('visits', 'visit_id')).get('1999');
    expect(visit).toMatchObject({
      visit_order: '1999',
      patient_id: '51',
      visit_type: 'inpatient',
      age: '75',
      length_of_stay: '3',
      num_lab_procedures: '40',
      num_procedures: '1',
      num_medications: '9',
      num_diagnoses: '3',
      prior_inpatient: '2',
      prior_emergency: '1',
      prior_outpatient: '4',
      diagnosis_system: 'icd-9-cm',
      diagnosis_code: '428',
      readmitted_within_30_days: 'Yes',
    });
  });

  it('reads an age band as its midpoint and hands on what is no band', async () => {
    const visits = await byId('visits', 'visit_id');
    expect(['3000', '999', '3003', '3001'].map((id) => visits.get(id)?.age)).toEqual(['5', '55', '95', '75']);
  });

  it('looks codes up in the code table of their column, never in another of the file', async () => {
    const visits = await byId('visits', 'visit_id');
    expect(visits.get('1000')).toMatchObject({
      admission_type: 'emergency',
      admission_source: 'emergency room',
      discharge_disposition: 'home',
      discharge_disposition_detail: 'home',
    });
    expect(visits.get('3005')).toMatchObject({
      admission_type: 'elective',
      discharge_disposition: 'died',
      discharge_disposition_detail: 'died at home',
    });
  });

  it('leaves out what the code tables call unknown', async () => {
    expect((await byId('visits', 'visit_id')).get('3000')).toMatchObject({
      admission_type: null,
      discharge_disposition: null,
      discharge_disposition_detail: null,
    });
  });

  it('hands on a description that no list has and an id that no code table has', async () => {
    expect((await byId('visits', 'visit_id')).get('3001')).toMatchObject({
      admission_type: 'Sent by pigeon',
      discharge_disposition: '99',
      discharge_disposition_detail: '99',
    });
  });

  it('counts a readmission only within 30 days', async () => {
    const visits = await byId('visits', 'visit_id');
    expect(['1999', '999', '1000'].map((id) => visits.get(id)?.readmitted_within_30_days)).toEqual(['Yes', 'No', 'No']);
    expect(['1999', '999', '1000'].map((id) => visits.get(id)?.readmitted_after_30_days)).toEqual(['No', 'Yes', 'No']);
  });

  it('takes HbA1c and glucose that were not measured for none', async () => {
    const visits = await byId('visits', 'visit_id');
    expect(['3003', '1000'].map((id) => visits.get(id)?.a1c_result)).toEqual(['>8', null]);
    expect(['3003', '1000'].map((id) => visits.get(id)?.glucose_band)).toEqual(['>300', null]);
  });

  it('hands on whether a drug was changed', async () => {
    expect((await byId('visits', 'visit_id')).get('1000')).toMatchObject({ medication_changed: 'No' });
  });

  it('names no coding system where there is no code', async () => {
    expect((await byId('visits', 'visit_id')).get('3004')).toMatchObject({
      diagnosis_system: null,
      diagnosis_code: '?',
    });
  });
});

describe('patients', () => {
  it('has one row for every patient, and none for records without one', async () => {
    expect([...(await byId('patients', 'patient_id')).keys()].sort()).toEqual(['50', '51', '52', '53', '54', '55']);
  });

  it('stands on the record of the latest encounter by number, not by text', async () => {
    const patients = await byId('patients', 'patient_id');
    expect(['50', '51', '54'].map((id) => Number(patients.get(id)?._row))).toEqual([1, 3, 10]);
  });

  it('takes race and gender from the latest encounter that states one', async () => {
    const patients = await byId('patients', 'patient_id');
    expect(patients.get('50')).toMatchObject({ race: 'Caucasian', gender: 'Female' });
    expect(patients.get('51')).toMatchObject({ race: 'Hispanic', gender: 'Male' });
    expect(patients.get('54')).toMatchObject({ gender: 'Female' });
  });

  it('hands on what is written where no encounter states one', async () => {
    expect((await byId('patients', 'patient_id')).get('52')).toMatchObject({ gender: 'Unknown/Invalid' });
  });

  it('takes the age of the earliest encounter', async () => {
    expect((await byId('patients', 'patient_id')).get('50')).toMatchObject({ age: '55' });
  });

  it('counts the patients whose encounters disagree', async () => {
    const rows = await set.ask('select * from relation order by field', reading('patients'), 'conflicts');
    expect(rows.map(({ field, conflicts }) => [field, Number(conflicts)])).toEqual([
      ['gender', 1],
      ['race', 1],
    ]);
  });
});

describe('diagnoses', () => {
  it('has one row for every diagnosis that is stated, at its rank', async () => {
    const rows = await set.ask(
      `select _item, diagnosis_code, rank from relation where visit_id in ('1000', '3004') order by visit_id, _item`,
      reading('diagnoses'),
    );
    expect(rows.map(({ _item, diagnosis_code, rank }) => [Number(_item), diagnosis_code, rank])).toEqual([
      [1, '250.83', '1'],
      [2, 'V45', '2'],
      [3, 'E888', '3'],
    ]);
  });
});

describe('prescriptions', () => {
  it('has one row for every drug that was given, with the change of its dose', async () => {
    const rows = await set.ask(
      'select prescription_id, visit_id, patient_id, drug_name, dosage from relation order by _row, _item',
      reading('prescriptions'),
    );
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['2000:insulin', '2000', '51', 'insulin', 'increased'],
      ['1999:metformin', '1999', '51', 'metformin', 'steady'],
      ['1999:insulin', '1999', '51', 'insulin', 'decreased'],
      ['3002:insulin', '3002', '?', 'insulin', 'steady'],
      ['3004:glimepiride-pioglitazone', '3004', '55', 'glimepiride-pioglitazone', 'steady'],
      ['3004:metformin-pioglitazone', '3004', '55', 'metformin-pioglitazone', 'Tapered'],
    ]);
  });
});

describe('the code tables', () => {
  it('are used, but for the headings and separators between them', async () => {
    const rows = await set.ask('select _row, _disposition, _reason from relation order by _row', set.unread);
    const notUsed = rows.filter(({ _disposition }) => _disposition === 'not_used');
    expect(rows).toHaveLength(14);
    expect(notUsed.map(({ _row, _reason }) => [Number(_row), _reason])).toEqual(
      [5, 6, 11, 12].map((row) => [row, 'section_header']),
    );
    expect(rows.filter(({ _disposition, _reason }) => _disposition === 'used' && _reason === null)).toHaveLength(10);
  });
});
