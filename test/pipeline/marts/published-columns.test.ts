// Every published table has exactly the columns of the catalog, in its order and types, with rows and without.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishedTables, tables } from '../../../src/catalog/catalog.js';
import type { DerivedColumn, Field } from '../../../src/catalog/field.js';
import type { Column } from '../../../src/engine/engine.js';
import { provenance } from '../../../src/pipeline/clean/clean.js';
import { stepFiles } from '../../../src/pipeline/runner.js';
import { openWorkspace, type Workspace } from '../harness.js';

const types: Readonly<Record<(Field | DerivedColumn)['type'], string>> = {
  text: 'text',
  code: 'text',
  'blood-pressure': 'text',
  integer: 'bigint',
  decimal: 'double',
  date: 'date',
  timestamp: 'timestamp',
  boolean: 'boolean',
  list: 'list(text)',
};
const provenanceTypes: Readonly<Record<(typeof provenance)[number], string>> = {
  _batch: 'bigint',
  _file: 'text',
  _row: 'bigint',
  _item: 'bigint',
  _line: 'bigint',
  _lines: 'bigint',
  _primary: 'boolean',
};

const full: Readonly<Record<string, string>> = {
  'patients.csv': 'patient_id,birth_date,bmi,chronic_conditions,registration_date\np1,1980-01-01,25.5,a;b,2020-01-01\n',
  'visits.csv': [
    'visit_id,patient_id,visit_date,discharge_date,visit_type,severity_score,length_of_stay,admitted_at,blood_pressure',
    'v1,p1,2024-01-01,2024-01-03,inpatient,5.5,2.5,2024-01-01 10:00,120/80',
    '',
  ].join('\n'),
  'prescriptions.csv': 'prescription_id,patient_id,drug_name,quantity,refill_count\nr1,p1,A,2.5,1\n',
  'diagnoses.csv': 'visit_id,rank,diagnosis_code\nv1,1,I50.9\n',
  'procedures.csv': 'patient_id,procedure_code,procedure_date\np1,0DTJ4ZZ,2024-01-01\n',
  'observations.csv': 'patient_id,observation_code,value,observed_at\np1,718-7,13,2024-01-01 10:00\n',
};
const undated = 'visit_id,patient_id,visit_order,visit_type,length_of_stay\nu1,q,1,inpatient,2.5\n';

/** What lies in the lake: with a row in every table; with nothing but patients, all of them rejected. */
const lakes = {
  'with rows': full,
  'of sources with and without dates': { ...full, 'undated.csv': undated },
  'without rows': { 'patients.csv': 'patient_id,age\np1,999\n' },
};

describe.each(Object.entries(lakes))('a published table %s', (name, files) => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await openWorkspace();
    await workspace.land(files);
    await workspace.run();
  });
  afterAll(() => workspace.close());

  test.each(Object.keys(publishedTables))('%s has the columns of the catalog', async (table) => {
    const { columns = [] } = publishedTables[table] ?? {};
    const expected = [
      ...columns.map((column) => ({ name: column.name, type: types[column.type] })),
      ...(table in tables ? provenance.map((column) => ({ name: column, type: provenanceTypes[column] })) : []),
    ];
    const manifest = await workspace.manifest();
    const inputs = { t: await stepFiles(workspace.lake, manifest.tables[table]?.step ?? '') };
    const found: Column[] = [];
    let rows = 0;
    for await (const batch of workspace.engine.query({ name: 'test', sql: 'select * from t', inputs })) {
      if (found.length === 0) found.push(...batch.columns);
      rows += batch.rows;
    }
    expect(found).toEqual(expected);
    expect(rows).toBe(manifest.tables[table]?.rows);
    expect(rows > 0).toBe(name !== 'without rows');
  });
});
