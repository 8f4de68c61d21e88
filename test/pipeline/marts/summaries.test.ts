// patient_summary and months, against figures counted by hand.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from '../harness.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
  await workspace.land(
    {
      'patients.csv': [
        'patient_id,birth_date,age,registration_date,death_date,gender,bmi,smoker_status,insurance_type,location,chronic_conditions',
        'p1,1984-06-16,,,,F,31,no,Private,Boston,Asthma; Diabetes',
        'p2,,60,2020-06-15,2024-05-01,M,22,yes,Government,Salem,',
        'p3,,19,2024-01-01,,F,31,,,,',
        'p4,,17,,,,,,,,',
        'p5,2000-01-01,,,,,,,,,',
        '',
      ].join('\n'),
      'visits.csv': [
        'visit_id,patient_id,visit_date,discharge_date,visit_type,admission_type,discharge_disposition,facility,severity_score,age',
        'a,p1,2024-01-30,2024-02-03,inpatient,emergency,home,North,5.35,',
        'b,p1,2024-02-10,2024-02-12,inpatient,emergency,home,North,,',
        'c,p1,2024-02-10,,emergency,,,North,8,',
        'd,p1,2024-05-01,,outpatient,,,South,2,',
        'e,p2,2024-02-20,2024-03-01,inpatient,emergency,died,,9.99,',
        'f,p4,2024-02-20,,other,,,,,18',
        'g,nobody,2024-02-21,,outpatient,,,,3,',
        '',
      ].join('\n'),
      'prescriptions.csv': 'prescription_id,patient_id,visit_id,drug_name\nr1,p1,,A\nr2,,d,B\nr3,nobody,,C\n',
    },
    { on: '2024-06-15' },
  );
  await workspace.land(
    { 'visits.csv': 'visit_id,patient_id,visit_order,severity_score\nx,u,1,5\n' },
    { source: 'undated', on: '2024-06-15' },
  );
  await workspace.run();
});
afterAll(() => workspace.close());

const none = { visits: 0, inpatient_visits: 0, emergency_visits: 0, outpatient_visits: 0, prescriptions: 0, stays: 0 };

describe('patient_summary', () => {
  test('adds up what a patient has had, as of the run', async () => {
    const rows = await workspace.rows('patient_summary', 'select * from t order by patient_id');
    expect(rows).toHaveLength(5);
    expect(rows[0]).toEqual({
      source: 'default',
      patient_id: 'p1',
      gender: 'Female',
      age: 39,
      age_group: '35-49',
      bmi: 31,
      bmi_category: 'Obese',
      location: 'Boston',
      smoker_status: 'Never',
      chronic_conditions: ['Asthma', 'Diabetes'],
      insurance_type: 'Private',
      first_visit_date: '2024-01-30',
      last_visit_date: '2024-05-01',
      visits: 4,
      inpatient_visits: 2,
      emergency_visits: 1,
      outpatient_visits: 1,
      prescriptions: 2,
      stays: 2,
      index_stays: 2,
      readmissions: 1,
      days_in_hospital: 6,
      last_severity_score: 2,
      last_severity_level: 'Low',
      // (5.35 + 8 + 2) / 3 = 5.1166…
      average_severity: 5.12,
      died: false,
    });
  });

  test('takes the age at death, else at the run, else that of the last visit, else the one given', async () => {
    const rows = await workspace.rows('patient_summary', 'select patient_id, age, died from t order by patient_id');
    expect(rows).toEqual([
      { patient_id: 'p1', age: 39, died: false },
      { patient_id: 'p2', age: 63, died: true },
      { patient_id: 'p3', age: 19, died: false },
      { patient_id: 'p4', age: 18, died: false },
      { patient_id: 'p5', age: 24, died: false },
    ]);
  });

  test('counts nothing where there is nothing, and leaves what is not known missing', async () => {
    const [p3] = await workspace.rows('patient_summary', `select * from t where patient_id = 'p3'`);
    expect(p3).toMatchObject({
      ...none,
      index_stays: 0,
      readmissions: 0,
      days_in_hospital: 0,
      bmi: 31,
      bmi_category: null,
      first_visit_date: null,
      average_severity: null,
      last_severity_level: null,
      chronic_conditions: null,
    });
  });
});

describe('months', () => {
  test('are those in which something happened, by facility, with figures that add up', async () => {
    const rows = await workspace.rows('months', 'select * from t order by month, facility nulls first');
    const nothing = {
      source: 'default',
      visits: 0,
      inpatient_visits: 0,
      emergency_visits: 0,
      outpatient_visits: 0,
      patients: 0,
      new_patients: 0,
      index_stays: 0,
      readmissions: 0,
      deaths: 0,
      average_length_of_stay: null,
      average_severity: null,
    };
    const one = { ...nothing, visits: 1, patients: 1 };
    expect(rows).toEqual([
      { ...one, month: '2024-01', facility: 'North', inpatient_visits: 1, new_patients: 1, average_severity: 5.35 },
      {
        ...nothing,
        month: '2024-02',
        facility: null,
        visits: 3,
        inpatient_visits: 1,
        outpatient_visits: 1,
        patients: 3,
        new_patients: 3,
        deaths: 1,
        // (9.99 + 3) / 2 = 6.495: half away from zero.
        average_severity: 6.5,
      },
      {
        ...nothing,
        month: '2024-02',
        facility: 'North',
        visits: 2,
        inpatient_visits: 1,
        emergency_visits: 1,
        patients: 1,
        index_stays: 2,
        readmissions: 1,
        average_length_of_stay: 3,
        average_severity: 8,
      },
      { ...nothing, month: '2024-03', facility: null, average_length_of_stay: 10 },
      { ...one, month: '2024-05', facility: 'South', outpatient_visits: 1, average_severity: 2 },
    ]);
  });
});
