// The table of the readmission model, told feature by feature from histories that can be read.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planReadmission } from '../../src/models/readmission.js';
import type { Row } from '../pipeline/harness.js';
import { files } from './history-of-one.js';
import { type ModelPlace, openModelPlace } from './place.js';

let place: ModelPlace;
beforeAll(async () => {
  place = await openModelPlace(files);
});
afterAll(() => place.workspace.close());

describe('a source with dates', () => {
  test('has one row for every index stay, with what followed it', async () => {
    const rows = await place.rows(planReadmission(await place.facts()));
    expect([...rows].map(([stay, { label, index_date }]) => [stay, label, index_date]).sort()).toEqual([
      ['a2', 1, '2022-01-20'],
      ['a3', 0, '2022-02-07'],
      ['a5', 1, '2022-12-10'],
      ['a7', 0, '2023-01-04'],
      ['b1', 0, '2023-06-02'],
    ]);
  });

  test('knows of a stay what was known at its discharge', async () => {
    const rows = await place.rows(planReadmission(await place.facts()));
    // a5 and a6 are one stay, the transfer merged; a7 lies in its future.
    expect(rows.get('a5')).toEqual({
      source: 'default',
      patient_id: 'p1',
      case_id: 'a5',
      index_date: '2022-12-10',
      index_order: null,
      label: 1,
      _age_group: '65+',
      _sex: 'Female',
      _race: 'White',
      _payer: 'Government',
      _facility: 'South',
      age: 72,
      gender: 'Female',
      bmi: 31.2,
      smoker_status: 'Current',
      alcohol_use: 'None',
      physical_activity_level: 'Low',
      insurance_type: 'Government',
      number_of_chronic_conditions: 3,
      admission_type: 'elective',
      length_of_stay: 9,
      discharge_disposition: 'facility',
      disease: 'Genitourinary',
      severity_score: 7.5,
      severity_change: 0.5,
      systolic: 128,
      diastolic: 82,
      glucose_level: 135,
      heart_rate: 84,
      number_of_previous_visits: 4,
      previous_visit_gap_days: 91,
      days_since_last_discharge: 297,
      earlier_stays: 2,
      stays_365_days: 2,
      earlier_readmissions: 1,
      earlier_days_in_hospital: 12,
      days_in_hospital_365_days: 12,
      emergency_visits_180_days: 1,
      emergency_visits_365_days: 1,
      outpatient_visits_365_days: 0,
      acute_visits_365_days: 3,
      mean_severity_365_days: 5,
      ...comorbidity({
        heart_failure: 1,
        diabetes_uncomplicated: 1,
        diabetes_complicated: 1,
        renal: 1,
        chronic_pulmonary: 1,
      }),
      charlson_index: 1 + 2 + 2 + 1,
      lace_comorbidity: 2 + 2 + 2 + 2,
      prescriptions_365_days: 2,
      antihypertensive_365_days: 0,
      antidiabetic_365_days: 1,
      anticoagulant_365_days: 0,
      lipid_lowering_365_days: 0,
      cardiac_365_days: 0,
      diuretic_365_days: 1,
      respiratory_365_days: 0,
      psychotropic_365_days: 0,
      drugs_of_the_visit: 1,
    });
  });

  test('leaves missing what nobody wrote, and what was registered only later', async () => {
    const rows = await place.rows(planReadmission(await place.facts()));
    expect(rows.get('b1')).toMatchObject({
      gender: null,
      bmi: null,
      severity_score: null,
      systolic: null,
      disease: null,
      admission_type: null,
      previous_visit_gap_days: null,
      days_since_last_discharge: null,
      number_of_previous_visits: 0,
      mean_severity_365_days: null,
      charlson_index: 0,
      drugs_of_the_visit: 0,
      length_of_stay: 1,
    });
  });

  test('predicts for the latest stay of every patient, whatever it counts as', async () => {
    const rows = await place.rows(planReadmission(await place.facts()), 'predict');
    expect([...rows.keys()].sort()).toEqual(['a7', 'b1']);
    const learnt = await place.rows(planReadmission(await place.facts()));
    expect(rows.get('a7')).toEqual({ ...learnt.get('a7'), label: null } satisfies Row);
  });
});

test('a source without stays is refused by name', async () => {
  const facts = { ...(await place.facts()), filled: {} };
  expect(() => planReadmission(facts)).toThrow(expect.objectContaining({ code: 'MODEL_NO_OUTCOME' }));
});

function comorbidity(known: Row): Row {
  const groups = [
    ...['myocardial_infarction', 'heart_failure', 'peripheral_vascular', 'cerebrovascular', 'dementia'],
    ...[
      'chronic_pulmonary',
      'rheumatic',
      'peptic_ulcer',
      'mild_liver',
      'diabetes_uncomplicated',
      'diabetes_complicated',
    ],
    ...['hemiplegia', 'renal', 'malignancy', 'severe_liver', 'metastatic', 'aids'],
  ];
  return { ...Object.fromEntries(groups.map((group) => [group, 0])), ...known };
}
