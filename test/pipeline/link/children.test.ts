// What linking adds to prescriptions, diagnoses, procedures and observations: whose they are, and whether that is known.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from '../harness.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
  await workspace.land({
    'patients.csv': 'patient_id,age\np1,40\np2,50\n',
    'visits.csv': 'visit_id,patient_id,visit_date\nv1,p1,2024-01-01\nlost,p9,2024-01-01\n',
    'prescriptions.csv': [
      'prescription_id,patient_id,visit_id,drug_name',
      'own,p2,,Aspirin',
      'visits,,v1,Aspirin',
      'both,p2,v1,Aspirin',
      'orphan,p9,,Aspirin',
      'orphan visit,,lost,Aspirin',
      'no visit,,v9,Aspirin',
      'no visit but patient,p1,v9,Aspirin',
      '',
    ].join('\n'),
    'diagnoses.csv': [
      'visit_id,patient_id,rank,diagnosis_code,diagnosis_description',
      'v1,,1,E11.9,',
      'v1,p2,2,,Hypertension',
      'v9,,1,J18.9,',
      '',
    ].join('\n'),
    'procedures.csv': [
      'visit_id,patient_id,procedure_code,procedure_date',
      'v1,,0DTJ4ZZ,2024-01-01',
      ',p2,0DTJ4ZZ,2024-01-01',
      '',
    ].join('\n'),
    'observations.csv': [
      'visit_id,patient_id,observation_code,value,unit',
      'v1,,718-7,13.1,g/dL',
      ',p9,718-7,12,g/dL',
      '',
    ].join('\n'),
  });
  await workspace.land(
    { 'prescriptions.csv': 'prescription_id,patient_id,visit_id,drug_name\nown,p1,v1,Aspirin\n' },
    { source: 'elsewhere' },
  );
  await workspace.run();
});
afterAll(() => workspace.close());

const linked = (table: string, id: string) =>
  workspace.rows(
    table,
    `select ${id}, patient_id, patient_known, visit_known from t where source = 'default' order by all`,
  );

describe('linking', () => {
  test('gives a prescription the patient of its visit where it names none', async () => {
    expect(await linked('prescriptions', 'prescription_id')).toEqual([
      { prescription_id: 'both', patient_id: 'p2', patient_known: true, visit_known: true },
      { prescription_id: 'no visit', patient_id: null, patient_known: false, visit_known: false },
      { prescription_id: 'no visit but patient', patient_id: 'p1', patient_known: true, visit_known: false },
      { prescription_id: 'orphan', patient_id: 'p9', patient_known: false, visit_known: null },
      { prescription_id: 'orphan visit', patient_id: 'p9', patient_known: false, visit_known: true },
      { prescription_id: 'own', patient_id: 'p2', patient_known: true, visit_known: null },
      { prescription_id: 'visits', patient_id: 'p1', patient_known: true, visit_known: true },
    ]);
  });

  test('never joins rows of different sources', async () => {
    const rows = await workspace.rows('prescriptions', `select * from t where source = 'elsewhere'`);
    expect(rows).toMatchObject([
      {
        prescription_id: 'elsewhere:own',
        patient_id: 'elsewhere:p1',
        visit_id: 'elsewhere:v1',
        patient_known: false,
        visit_known: false,
      },
    ]);
  });

  test('gives a diagnosis its patient and the chapter of its own code', async () => {
    const rows = await workspace.rows(
      'diagnoses',
      'select visit_id, rank, patient_id, patient_known, visit_known, disease from t order by visit_id, rank',
    );
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['v1', 1, 'p1', true, true, 'Endocrine and metabolic'],
      ['v1', 2, 'p2', true, true, 'Circulatory'],
      ['v9', 1, null, false, false, 'Respiratory'],
    ]);
  });

  test('gives procedures and observations their patient', async () => {
    expect(await linked('procedures', 'visit_id')).toEqual([
      { visit_id: null, patient_id: 'p2', patient_known: true, visit_known: null },
      { visit_id: 'v1', patient_id: 'p1', patient_known: true, visit_known: true },
    ]);
    expect(await linked('observations', 'visit_id')).toEqual([
      { visit_id: null, patient_id: 'p9', patient_known: false, visit_known: null },
      { visit_id: 'v1', patient_id: 'p1', patient_known: true, visit_known: true },
    ]);
  });

  test('counts the orphans of every table in the manifest', async () => {
    expect((await workspace.manifest()).orphans).toEqual({
      visits: 1,
      prescriptions: 4,
      diagnoses: 1,
      procedures: 0,
      observations: 1,
    });
  });
});
