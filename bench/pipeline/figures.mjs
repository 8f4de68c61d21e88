// What is compared between two pipelines over the same files: row counts and sums of each table, so that a faster one has
// not done less.
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const yes = (condition) => `sum(case when ${condition} then 1 else 0 end)`;
const money = (column) => `sum(cast(${column} as decimal(18, 2)))`;

const figures = {
  patients: [
    'count(*)',
    money('bmi'),
    'sum(len(chronic_conditions))',
    yes(`age_group = '65+'`),
    yes(`bmi_category = 'Obese'`),
  ],
  visits: [
    ...[
      'count(*)',
      'sum(age_at_visit)',
      'sum(visit_number)',
      'sum(days_since_previous_visit)',
      'sum(length_of_stay_days)',
    ],
    ...['sum(systolic)', 'sum(diastolic)', money('severity_score'), money('glucose_level'), 'count(distinct disease)'],
    ...[
      yes(`disease = 'Circulatory'`),
      yes(`severity_level = 'High'`),
      yes(`age_group = '18-34'`),
      yes('patient_known'),
    ],
  ],
  prescriptions: [
    'count(*)',
    money('quantity'),
    'sum(days_supply)',
    'sum(refill_count)',
    yes('patient_known'),
    yes('visit_known'),
  ],
  stays: [
    ...['count(*)', 'sum(visits)', 'sum(length_of_stay_days)', 'sum(days_to_next_stay)', 'sum(age_at_admission)'],
    ...[yes('is_index'), yes('planned'), yes('readmitted_within_30_days'), yes(`exclusion_reason = 'died'`)],
  ],
  patient_summary: [
    ...['count(*)', 'sum(age)', 'sum(visits)', 'sum(prescriptions)', 'sum(stays)', 'sum(readmissions)'],
    ...['sum(days_in_hospital)', money('last_severity_score'), money('average_severity'), yes('died')],
  ],
  months: [
    ...['count(*)', 'sum(visits)', 'sum(patients)', 'sum(new_patients)', 'sum(index_stays)', 'sum(readmissions)'],
    ...['sum(deaths)', money('average_length_of_stay'), money('average_severity')],
  ],
};

/** Each figure by its table and expression, from `ask(sql)`, which answers with the values of the one row. */
export async function readFigures(ask) {
  const read = {};
  for (const [table, expressions] of Object.entries(figures)) {
    const values = await ask(`select ${expressions.join(', ')} from ${table}`);
    for (const [n, expression] of expressions.entries()) read[`${table}: ${expression}`] = Number(values[n]);
  }
  return read;
}

/** The figures of a folder of Parquet: `<table>.parquet`, a file or a folder of them. */
export async function figuresOfFolder(folder) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const table of Object.keys(figures)) {
    const path = join(folder, `${table}.parquet`);
    const [[files]] = (await connection.runAndReadAll(`select count(*) from glob('${path}/*.parquet')`)).getRows();
    await connection.run(`create view ${table} as select * from '${path}${files > 0n ? '/*.parquet' : ''}'`);
  }
  const read = await readFigures(async (sql) => (await connection.runAndReadAll(sql)).getRowsJson()[0]);
  instance.closeSync();
  return read;
}

/**
 * The figures that differ, as lines. A mean rounded to two places may fall on either side of a tie where engines add up
 * doubles in another order: of sums of means a ten-thousandth is let pass.
 */
export function differences(ours, theirs) {
  return Object.entries(ours).flatMap(([name, value]) => {
    const allowed = name.includes('average') ? Math.abs(value) * 1e-4 : 0;
    return Math.abs(value - theirs[name]) <= allowed ? [] : [`${name}: ${value} and ${theirs[name]}`];
  });
}
