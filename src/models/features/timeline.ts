// Every fact of a patient's past beside the cases, by the `t` at which it becomes known. Grain: one row for every
// patient and `t` with a fact, and one for every case.
import type { HistoryFact } from '../../catalog/features/feature.js';
import { literal } from '../../engine/sql-text.js';
import type { Rows } from './rows.js';
import { dayOf, endOf, placeInOrder, startOfDay } from './time.js';

/** The columns of facts, with their types: a row has those of its own fact. */
const factColumns = {
  visits: 'int',
  emergency_visits: 'int',
  outpatient_visits: 'int',
  acute_visits: 'int',
  stays: 'int',
  readmissions: 'int',
  late_readmissions: 'int',
  days_in_hospital: 'int',
  prescriptions: 'int',
  drug_category: 'string',
  severity_scores: 'decimal(18,6)',
  // The day on which a visit began, and that on which a stay ended.
  visit_day: 'int',
  discharge_day: 'int',
  // The number of a visit that has ended, and of one that has ended and has a severity score.
  ended_number: 'bigint',
  scored_number: 'bigint',
} as const;

/** What a case brings along. */
export const caseColumns = {
  case_id: 'string',
  index_date: 'date',
  index_order: 'bigint',
  label: 'bigint',
  t_end: 'int',
  current_number: 'bigint',
  first_number: 'bigint',
  length_of_stay: 'double',
} as const;

export const columnOfFact = (fact: HistoryFact): string => fact.replaceAll(' ', '_');

/** Days after a discharge in which an unplanned stay is a readmission, as in the table stays. */
const READMISSION_DAYS = 30;

interface Branch {
  readonly from: string;
  readonly t: string;
  readonly facts: Readonly<Partial<Record<keyof typeof factColumns, string>>>;
  readonly where?: string;
}

/** The column of the prescriptions of a category. */
export const columnOfCategory = (category: string): string =>
  `prescriptions_${category.toLowerCase().replaceAll(/[^a-z]/g, '_')}`;

/** What of the facts of one patient and place is put together: how many, how much, or the latest. */
function together(categories: readonly string[]): Readonly<Record<string, string>> {
  const sums = Object.keys(factColumns).filter((name) => factColumns[name as keyof typeof factColumns] === 'int');
  const latest = ['visit_day', 'discharge_day', 'ended_number', 'scored_number'];
  const sum = (expression: string) => `cast(sum(${expression}) as bigint)`;
  return Object.fromEntries([
    ...sums.filter((name) => !latest.includes(name)).map((name) => [name, sum(name)]),
    ...categories.map((one) => [
      columnOfCategory(one),
      sum(`case when drug_category = ${literal(one)} then prescriptions end`),
    ]),
    ['severity_scores', 'cast(sum(severity_scores) as decimal(18,6))'],
    ['scores', 'count(severity_scores)'],
    ...latest.map((name) => [name, `max(${name})`]),
  ]);
}

/**
 * A SELECT of `patient_id`, `t`, the columns of facts and those of cases. Facts of one patient and place are one row: windows
 * see them together anyway, and there are three times as many of them.
 * @param categories Of drugs, whose prescriptions are counted by themselves.
 */
export function timeline(rows: Rows, dated: boolean, cases: string, categories: readonly string[]): string {
  const facts = (dated ? datedFacts(rows) : undatedFacts(rows)).map(({ from, t, facts: own, where }) => {
    const columns = Object.entries(factColumns).map(
      ([name, type]) => `cast(${own[name as keyof typeof factColumns] ?? 'null'} as ${type}) as ${name}`,
    );
    return `select patient_id, cast(${t} as int) as t, ${columns.join(', ')}
from ${from}${where ? `\nwhere ${where}` : ''}`;
  });
  const known = together(categories);
  const columns = Object.entries(known).map(([name, sql]) => `${sql} as ${name}`);
  const noCase = Object.entries(caseColumns).map(([name, type]) => `cast(null as ${type}) as ${name}`);
  const noFact = Object.keys(known).map((name) => `null as ${name}`);
  const brought = Object.entries(caseColumns).map(([name, type]) => `cast(${name} as ${type}) as ${name}`);
  return `select patient_id, t, ${[...columns, ...noCase].join(', ')}
from (
${facts.join('\nunion all\n')}
) as facts
group by patient_id, t
union all
select patient_id, cast(t as int) as t, ${[...noFact, ...brought].join(', ')}
from (
${cases}
) as cases`;
}

const unplanned = `coalesce(admission_type, '') not in ('elective', 'newborn')`;

function datedFacts(rows: Rows): readonly Branch[] {
  const visits = `${rows.of('visits', ['patient_id', 'visit_date', 'visit_type', 'admission_type'])} as begun`;
  const ended = `${rows.of('visits', ['patient_id', 't_end', 'visit_number', 'severity_score'])} as ended`;
  const stays = `${rows.of('stays', ['patient_id', 'stay_id', 'admitted_on', 'discharged_on', 'length_of_stay_days', 'planned'])} as stayed`;
  const prescriptions = rows.of('prescriptions', ['patient_id', 'visit_id', 'prescribed_date', 'drug_category']);
  const prescribed = `(
  select r.patient_id, coalesce(r.prescribed_date, v.visit_date) as day, r.drug_category
  from ${prescriptions} as r
  left join ${rows.of('visits', ['visit_id', 'visit_date'])} as v on v.visit_id = r.visit_id
) as prescribed`;
  return [
    {
      from: visits,
      t: startOfDay('visit_date'),
      facts: {
        visits: '1',
        emergency_visits: `case when visit_type = 'emergency' then 1 end`,
        outpatient_visits: `case when visit_type = 'outpatient' then 1 end`,
        acute_visits: `case when visit_type = 'emergency' or (visit_type = 'inpatient' and ${unplanned}) then 1 end`,
        visit_day: dayOf('visit_date'),
      },
    },
    {
      from: ended,
      t: 't_end',
      facts: {
        severity_scores: 'severity_score',
        ended_number: 'visit_number',
        scored_number: 'case when severity_score is not null then visit_number end',
      },
    },
    { from: stays, t: startOfDay('admitted_on'), facts: { stays: '1' }, where: 'admitted_on is not null' },
    {
      from: stays,
      t: endOf('admitted_on', 'discharged_on'),
      facts: { days_in_hospital: 'length_of_stay_days', discharge_day: dayOf('discharged_on') },
      where: 'discharged_on is not null',
    },
    {
      // At the place before the admission, so that a stay knows that it is one.
      from: `(
  select patient_id, admitted_on, planned,
    lag(discharged_on) over (partition by patient_id order by admitted_on, stay_id) as before_discharged_on
  from ${stays} where admitted_on is not null
) as following`,
      t: `${startOfDay('admitted_on')} - 1`,
      facts: { readmissions: '1' },
      where: `not planned and cast(admitted_on - before_discharged_on as int) <= ${READMISSION_DAYS}`,
    },
    {
      from: prescribed,
      t: startOfDay('day'),
      facts: { prescriptions: '1', drug_category: 'drug_category' },
      where: 'day is not null',
    },
  ];
}

function undatedFacts(rows: Rows): readonly Branch[] {
  const visits = `${rows.of('visits', ['patient_id', 't_end', 'visit_number'])} as ended`;
  const stays = `(
  select s.*, v.visit_number, v.readmitted_after_30_days
  from ${rows.of('stays', ['patient_id', 'first_visit_id', 'length_of_stay_days', 'readmitted_within_30_days'])} as s
  join ${rows.of('visits', ['visit_id', 'visit_number', 'readmitted_after_30_days'])} as v on v.visit_id = s.first_visit_id
) as stayed`;
  return [
    { from: visits, t: 't_end', facts: { visits: '1', ended_number: 'visit_number' } },
    { from: stays, t: placeInOrder('visit_number'), facts: { stays: '1', days_in_hospital: 'length_of_stay_days' } },
    {
      // The file says it of the stay that was followed; known as soon as there is another.
      from: stays,
      t: `${placeInOrder('visit_number')} + 1`,
      facts: { readmissions: '1' },
      where: 'readmitted_within_30_days',
    },
    {
      from: stays,
      t: `${placeInOrder('visit_number')} + 1`,
      facts: { late_readmissions: '1' },
      where: `readmitted_after_30_days = 'Yes'`,
    },
  ];
}
