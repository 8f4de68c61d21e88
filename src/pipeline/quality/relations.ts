// The relations over which checks ask about rows: a published table with what its checks compare it with.
// Grain: one row for every row of the table.
import type { Relation } from '../../catalog/checks/check.js';
import type { Dialect } from '../../engine/dialect.js';
import { yearsBetween } from '../link/years.js';

export interface RelationSql {
  /** Published tables that it names beside its own, which is named `published`. */
  readonly joined: readonly string[];
  readonly sql: (dialect: Dialect, asOf: string) => string;
}

const patient = `p.birth_date as patient_birth_date, p.death_date as patient_death_date, p.gender as patient_gender`;
const visit = `v.patient_id as visit_patient_id, v.visit_date, v.diagnosis_code as visit_diagnosis_code,
  case when v.discharge_date >= v.visit_date then v.discharge_date
    when v.discharge_date is null then v.visit_date + coalesce(cast(floor(v.length_of_stay) as int), 0) end as visit_end`;
const joinPatients = 'left join patients as p on p.source = t.source and p.patient_id = t.patient_id';
const joinVisits = 'left join visits as v on v.source = t.source and v.visit_id = t.visit_id';

const child: RelationSql = {
  joined: ['patients', 'visits'],
  sql: () => `select t.*, ${patient}, ${visit}\nfrom published as t\n${joinPatients}\n${joinVisits}`,
};

const ordered = 'partition by source, patient_id order by visit_date, discharge_date nulls last, visit_id';
const earlier = `over (${ordered} rows between unbounded preceding and 1 preceding)`;
const later = `over (${ordered} rows between 1 following and unbounded following)`;

/** A body mass index as LOINC 39156-5 has it, with a day. */
const measuredIndex = (dialect: Dialect): string => `select *,
    try_cast(case when ${dialect.fullMatch('value', '[0-9]{2,3}([.][0-9]{1,6})?')} then value end as decimal(9,6)) as body_mass_index,
    coalesce(observation_date, cast(observed_at as date)) as observed_on
  from published where observation_code = '39156-5'`;
const measured =
  'partition by source, patient_id order by observed_on, observed_at nulls first, value, _batch, _file, _row, _item';

const history = 'partition by source, facility order by month';
const before = `over (${history} rows between 12 preceding and 1 preceding)`;

export const relations: Readonly<Record<Relation, RelationSql>> = {
  patients: {
    joined: ['patient_summary'],
    sql: (_, asOf) => `select t.*, s.visits > 0 as has_visits,
  ${yearsBetween('birth_date', 'registration_date')} as years_at_registration,
  ${yearsBetween('birth_date', `date '${asOf}'`)} as years_old
from published as t
left join (select source, patient_id, visits from patient_summary) as s on s.source = t.source and s.patient_id = t.patient_id`,
  },
  visits: { joined: ['patients'], sql: () => `select t.*, ${patient}\nfrom published as t\n${joinPatients}` },
  // Without the columns that no check of the order asks for, so that nothing wide is sorted.
  'visits in order': {
    joined: [],
    sql: () => `select *,
  max(case when visit_type = 'inpatient' then discharge_date end) ${earlier} as earlier_stay_end,
  max(case when discharge_disposition = 'died' then coalesce(discharge_date, visit_date) end) ${earlier} as died_on,
  min(case when visit_type = 'inpatient' then visit_date end) ${later} as next_stay_begin
from (
  select source, patient_id, visit_id, visit_date, discharge_date, visit_type, discharge_disposition, readmitted_within_30_days,
    previous_visit_gap_days, days_since_previous_visit, number_of_previous_visits, visit_number, _batch, _file, _row, _line
  from published
) as t`,
  },
  prescriptions: child,
  diagnoses: child,
  procedures: child,
  observations: child,
  'body mass index': {
    joined: [],
    sql: (dialect) => `select *,
  lag(body_mass_index) over (${measured}) as earlier_index,
  lag(observed_on) over (${measured}) as earlier_on
from (
  ${measuredIndex(dialect)}
) as t where body_mass_index is not null`,
  },
  months: {
    joined: [],
    sql: () => `select *,
  cast(count(*) ${before} as bigint) as months_before,
  cast(sum(visits) ${before} as bigint) as visits_before,
  lag(month) over (${history}) as month_before,
  lag(month_number) over (${history}) as month_number_before,
  max(month) over (partition by source) as last_month
from (
  select *, cast(substr(month, 1, 4) as bigint) * 12 + cast(substr(month, 6, 2) as bigint) as month_number
  from published where visits > 0
) as t`,
  },
};
