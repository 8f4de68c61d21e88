// The table of a model: one row for every case, with its label, who it is for the audit, and its features.
import type { Feature } from '../../catalog/features/feature.js';
import type { Dialect } from '../../engine/dialect.js';
import { identifier, literal } from '../../engine/sql-text.js';
import type { RawInput, Step } from '../../engine/step.js';
import type { ModelPlan, Purpose } from '../plan.js';
import { comorbiditySql, scoreSql, sinceColumn } from './comorbidity.js';
import { type ModelTable, modelTables } from './facts.js';
import { historySql } from './history.js';
import { rowsOfSource } from './rows.js';
import { scoredSql } from './scored.js';
import { timeline } from './timeline.js';
import { visitDrugsSql } from './visit-drugs.js';

const visitColumnsAlways = [
  ...['patient_id', 'visit_id', 'visit_number', 'severity_score', 'age_group', 'payer', 'facility'],
  ...['length_of_stay', 'length_of_stay_days'],
];

export type ModelInputs = Readonly<Record<ModelTable, readonly (RawInput | Step)[]>>;

/** @param buckets Into how many the table is cut by patient, as the published tables are. */
export function trainingStep(plan: ModelPlan, inputs: ModelInputs, buckets = 1): Step {
  return {
    kind: 'step',
    name: `models/${plan.model}@${plan.source}`,
    version: 1,
    inputs,
    cut: { by: ['source', 'patient_id'], count: buckets, alike: modelTables },
    sql: (dialect) => modelSql(plan, 'learn', dialect),
  };
}

/** @param ofPatients The rows of so many patients, whom `patientParameters` names, and of nobody else. */
export function modelSql(plan: ModelPlan, purpose: Purpose, dialect: Dialect, ofPatients?: number): string {
  const { dated } = plan.facts;
  const rows = rowsOfSource({ source: plan.source, dated, patients: ofPatients }, dialect);
  const { features } = plan;
  const columnsOf = (kind: 'visit' | 'first visit' | 'visit before' | 'patient' | 'patient list') =>
    features.flatMap(({ origin }) => (origin.kind === kind ? [origin.column] : []));
  const visits = (columns: readonly string[]) => rows.of('visits', [...new Set(columns)]);
  const drugs = visitDrugsSql(rows, features);
  const ranks = diagnosisRanks(features);
  const before = columnsOf('visit before');
  const patients = rows.of('patients', [
    ...new Set([
      'patient_id',
      'gender',
      'race',
      'insurance_type',
      'registration_date',
      ...columnsOf('patient'),
      ...columnsOf('patient list'),
    ]),
  ]);
  const withComorbidity = features.some(({ origin }) => origin.kind.startsWith('comorbidity'));
  const shown = features.map((feature) => `${featureSql(feature, dialect)} as ${identifier(feature.name)}`);
  return `with timeline as (
${timeline(rows, dated, plan.cases(rows, purpose), categoriesOf(features))}
),
history as (
${historySql(plan)}
),
cases as (
  select * from history where case_id is not null and current_number is not null
),
scored as (
${scoredSql(rows)}
)${withComorbidity ? `,\ncomorbidity as (\n${comorbiditySql(rows)}\n)` : ''}${drugs ? `,\ndrugs as (\n${drugs}\n)` : ''}
select ${literal(plan.source)} as source, k.patient_id, k.case_id, k.index_date, k.index_order, k.label,
  c.age_group as _age_group, p.gender as _sex, p.race as _race, coalesce(c.payer, p.insurance_type) as _payer, c.facility as _facility,
  ${shown.join(',\n  ')}
from cases as k
join ${visits([...visitColumnsAlways, ...columnsOf('visit')])} as c on c.patient_id = k.patient_id and c.visit_number = k.current_number
join ${visits(['patient_id', 'visit_number', ...columnsOf('first visit')])} as f
  on f.patient_id = k.patient_id and f.visit_number = coalesce(k.first_number, k.current_number)${
    before.length > 0
      ? `\nleft join ${visits(['patient_id', 'visit_number', ...before])} as b on b.patient_id = f.patient_id and b.visit_number = f.visit_number - 1`
      : ''
  }
left join scored as s on s.patient_id = k.patient_id
  and s.visit_number = case when c.severity_score is not null then c.visit_number else k.scored_number end
left join ${patients} as p on p.patient_id = k.patient_id${withComorbidity ? '\nleft join comorbidity as d on d.patient_id = k.patient_id' : ''}${
    drugs ? '\nleft join drugs as r on r.visit_id = c.visit_id' : ''
  }${ranks.map((rank) => `\nleft join ${rankedSql(rows, rank)} as d${rank} on d${rank}.visit_id = c.visit_id`).join('')}`;
}

function featureSql(feature: Feature, dialect: Dialect): string {
  const { origin, name, type } = feature;
  const typed = (sql: string) => `cast(${sql} as ${type === 'number' ? 'double' : 'string'})`;
  const known = (group: string) => `coalesce(d.${sinceColumn(group)} <= k.t_end, false)`;
  // What was registered later was not known.
  const registered = (sql: string) => `case when coalesce(p.registration_date <= k.index_date, true) then ${sql} end`;
  switch (origin.kind) {
    case 'patient':
      return typed(registered(`p.${identifier(origin.column)}`));
    case 'patient list': {
      const joined = dialect.join(`p.${identifier(origin.column)}`, ';');
      const elements = `length(${joined}) - length(replace(${joined}, ';', '')) + 1`;
      return typed(registered(`case when ${joined} = '' then 0 else ${elements} end`));
    }
    case 'visit':
      return typed(`c.${identifier(origin.column)}`);
    case 'first visit':
      return typed(`f.${identifier(origin.column)}`);
    case 'visit before':
      return typed(`b.${identifier(origin.column)}`);
    case 'length of stay':
      return typed('coalesce(k.length_of_stay, c.length_of_stay_days, floor(c.length_of_stay))');
    case 'severity':
      return typed(origin.what === 'last' ? 's.severity_score' : 's.severity_score - s.severity_before');
    case 'sum':
    case 'mean':
    case 'days since':
      return `k.${identifier(name)}`;
    case 'comorbidity':
      return typed(`case when ${known(origin.group)} then 1 else 0 end`);
    case 'comorbidity score':
      return typed(scoreSql(origin.weights, known));
    case 'diagnosis':
      return typed(`d${origin.rank}.${origin.column}`);
    case 'visit drugs':
      return `coalesce(r.${identifier(name)}, cast(0 as double))`;
    case 'visit drug':
      return `coalesce(r.${identifier(name)}, 'none')`;
  }
}

const categoriesOf = (features: readonly Feature[]): string[] =>
  features.flatMap(({ origin }) => (origin.kind === 'sum' && origin.category !== undefined ? [origin.category] : []));

const diagnosisRanks = (features: readonly Feature[]): number[] => [
  ...new Set(features.flatMap(({ origin }) => (origin.kind === 'diagnosis' ? [origin.rank] : []))),
];

/** One row for every visit that has a diagnosis of the rank; of several, the least text. */
function rankedSql({ of }: ReturnType<typeof rowsOfSource>, rank: number): string {
  return `(select visit_id, min(disease) as disease from ${of('diagnoses', ['visit_id', 'rank', 'disease'])} as ranked where rank = ${rank} group by visit_id)`;
}
