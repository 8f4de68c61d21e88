// The model of readmission: will an unplanned stay follow within 30 days of this discharge?
import { planFeatures } from './features/choose.js';
import type { SourceFacts } from './features/facts.js';
import type { Rows } from './features/rows.js';
import { endOf, startOfDay } from './features/time.js';
import type { ModelPlan, Purpose } from './plan.js';
import { refuse } from './refuse.js';

const DAYS = 30;

const datedBasis = 'dates, unplanned';
const fileBasis = 'file label, all-cause';

/** @throws MODEL_NO_OUTCOME where the source has no index stay. */
export function planReadmission(facts: SourceFacts): ModelPlan {
  const { source, dated, filled } = facts;
  if (!filled['stays.readmitted_within_30_days']) {
    throw refuse('readmission', source, 'it has no inpatient stay of which a readmission within 30 days is known');
  }
  return {
    model: 'readmission',
    source,
    facts,
    task: 'binary',
    classes: ['not readmitted', 'readmitted'],
    label: dated
      ? {
          name: 'unplanned readmission within 30 days',
          definition:
            'An unplanned stay begins within 30 days after the discharge, after the measure of CMS as the table stays counts it; index stays only.',
          days: DAYS,
        }
      : {
          name: 'readmission within 30 days, all-cause',
          definition:
            "The file's own label `<30`: an inpatient stay within 30 days after the discharge for any cause, planned or not; deaths and hospice left out.",
          days: DAYS,
        },
    moment: 'One row for every index stay, at its discharge.',
    baseline: dated
      ? {
          kind: 'lace',
          definition: 'The LACE index: length of stay, acute admission, comorbidity, emergency visits in half a year.',
          approximate: laceApproximations,
          features: ['length_of_stay', 'admission_type', 'lace_comorbidity', 'emergency_visits_180_days'],
        }
      : {
          kind: 'prevalence by admission type',
          definition:
            'The share of readmissions by type of admission; without dates the emergency visits of LACE are not known.',
          features: ['admission_type'],
        },
    features: planFeatures(facts, leftOut),
    cases: (rows, purpose) => (dated ? datedCases(rows, purpose) : undatedCases(rows, purpose)),
  };
}

/** Against van Walraven et al. 2010. */
const laceApproximations: readonly string[] = [
  'LACE is approximate. A: an urgent admission counts as acute, as an emergency does. C: every diagnosis counts that is known at the discharge, of this visit or one before. E: emergency visits of the 180 days before the admission stand for six months.',
  'LACE was made for death or an unplanned readmission; here it is judged by the readmission alone.',
];

/** Of an inpatient stay, these say nothing. */
const leftOut: readonly string[] = ['visit_type', 'days_since_last_visit'];

function datedCases({ of }: Rows, purpose: Purpose): string {
  const stays = of('stays', [
    ...[
      'patient_id',
      'stay_id',
      'first_visit_id',
      'last_visit_id',
      'admitted_on',
      'discharged_on',
      'length_of_stay_days',
    ],
    ...['is_index', 'readmitted_within_30_days', 'readmission_basis', 'died'],
  ]);
  const wanted =
    purpose === 'learn'
      ? `s.is_index and s.readmission_basis = '${datedBasis}'`
      : `s.latest = 1 and not s.died and s.readmission_basis = '${datedBasis}'`;
  const label =
    purpose === 'learn' ? 'case when s.readmitted_within_30_days then 1 else 0 end' : 'cast(null as bigint)';
  return `select s.patient_id, s.stay_id as case_id, s.discharged_on as index_date, cast(null as bigint) as index_order, ${label} as label,
  ${startOfDay('s.admitted_on')} as t, ${endOf('s.admitted_on', 's.discharged_on')} as t_end,
  l.visit_number as current_number, f.visit_number as first_number, s.length_of_stay_days as length_of_stay
from (
  select *, row_number() over (partition by patient_id order by discharged_on desc nulls last, admitted_on desc, stay_id desc) as latest
  from ${stays} as stayed where discharged_on is not null
) as s
join ${of('visits', ['visit_id', 'visit_number'])} as l on l.visit_id = s.last_visit_id
join ${of('visits', ['visit_id', 'visit_number'])} as f on f.visit_id = s.first_visit_id
where ${wanted}`;
}

function undatedCases({ of }: Rows, purpose: Purpose): string {
  const stays = of('stays', [
    ...['patient_id', 'stay_id', 'first_visit_id', 'length_of_stay_days', 'stay_order'],
    ...['is_index', 'readmitted_within_30_days', 'readmission_basis', 'died'],
  ]);
  const wanted =
    purpose === 'learn'
      ? `is_index and readmission_basis = '${fileBasis}'`
      : `latest = 1 and not died and readmission_basis = '${fileBasis}'`;
  const label = purpose === 'learn' ? 'case when readmitted_within_30_days then 1 else 0 end' : 'cast(null as bigint)';
  return `select patient_id, stay_id as case_id, cast(null as date) as index_date, stay_order as index_order, ${label} as label,
  t_start as t, t_end, visit_number as current_number, visit_number as first_number, length_of_stay_days as length_of_stay
from (
  select s.*, v.visit_number, v.t_start, v.t_end, row_number() over (partition by s.patient_id order by v.visit_number desc) as latest
  from ${stays} as s
  join ${of('visits', ['visit_id', 'visit_number', 't_start', 't_end'])} as v on v.visit_id = s.first_visit_id
) as placed
where ${wanted}`;
}
