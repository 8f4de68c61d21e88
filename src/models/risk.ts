// The model of risk: will the patient need an unplanned inpatient or emergency visit in the half year after an index date?

import { literal } from '../engine/sql-text.js';
import { planFeatures } from './features/choose.js';
import type { SourceFacts } from './features/facts.js';
import type { Rows } from './features/rows.js';
import { indexDate } from './features/time.js';
import type { ModelPlan } from './plan.js';
import { refuse } from './refuse.js';

/** Days from the index date on, that day among them. */
const DAYS = 180;

/** @throws MODEL_NO_OUTCOME where visits have no dates or no types, or nobody is followed up for long enough. */
export function planRisk(facts: SourceFacts): ModelPlan {
  const { source, dated, filled } = facts;
  if (!dated) {
    throw refuse(
      'risk',
      source,
      `its visits have no dates, so there is neither an index date nor what happened in ${DAYS} days`,
    );
  }
  if (!filled['visits.visit_type']) {
    throw refuse('risk', source, 'its visits have no type, so that emergency and inpatient visits are not known');
  }
  const dates = indexDates(facts);
  if (dates.length === 0) {
    throw refuse('risk', source, `no 1 January or 1 July has a visit before it and ${DAYS} days of follow-up after it`);
  }
  return {
    model: 'risk',
    source,
    facts,
    task: 'binary',
    classes: ['no acute visit', 'acute visit'],
    label: {
      name: `acute visit within ${DAYS} days`,
      definition: `An emergency visit or an inpatient visit that is not elective or newborn begins in the ${DAYS} days from the index date on. A patient who dies before without one counts as having none.`,
      days: DAYS,
    },
    moment:
      'One row for every patient and index date (1 January, 1 July) on which the patient is alive and has had a visit, with what was known at the end of the day before.',
    baseline: {
      kind: 'acute visits',
      definition: 'How many acute visits the patient had in the year before.',
      features: ['acute_visits_365_days'],
    },
    features: planFeatures(facts, leftOut),
    outcome: { of: 'acute visits', days: DAYS },
    cases: (rows, purpose) => cases(rows, purpose === 'learn' ? dates : [dayAfter(facts.asOf)]),
    casesOn: cases,
  };
}

/** Not known of a visit that may have ended long ago, or the same as another. */
const leftOut: readonly string[] = ['payer'];

function cases({ of, dialect }: Rows, dates: readonly string[]): string {
  const seen = of('visits', ['patient_id', 'visit_date', 'ended_on', 'discharge_disposition']);
  const followed = `(
  select patient_id, min(visit_date) as first_date, min(case when discharge_disposition = 'died' then ended_on end) as died_on
  from ${seen} as seen group by patient_id
)`;
  return `select s.patient_id, s.patient_id || ' ' || cast(s.index_date as string) as case_id, s.index_date, cast(null as bigint) as index_order,
  cast(null as bigint) as label, ${indexDate('s.index_date')} as t, ${indexDate('s.index_date')} - 1 as t_end,
  cast(null as bigint) as current_number, cast(null as bigint) as first_number, cast(null as double) as length_of_stay
from (
  select patient_id, first_date, died_on, cast(_date as date) as index_date
  from ${dialect.explode(followed, dialect.split(literal(dates.join(',')), ','), '_date')} as dated
) as s
left join ${of('patients', ['patient_id', 'death_date'])} as p on p.patient_id = s.patient_id
where s.first_date < s.index_date
  and coalesce(least(s.died_on, p.death_date) >= s.index_date, true)`;
}

/** Every 1 January and 1 July after the first visit that is followed up to the end. */
function indexDates({ firstDate, dataEnd }: SourceFacts): string[] {
  if (firstDate === null || dataEnd === null) return [];
  const dates: string[] = [];
  for (let year = Number(firstDate.slice(0, 4)); year <= Number(dataEnd.slice(0, 4)); year++) {
    for (const day of ['01-01', '07-01']) {
      const date = `${String(year).padStart(4, '0')}-${day}`;
      // The last of the days is the day before the one so many days later.
      if (date > firstDate && daysBetween(date, dataEnd) >= DAYS - 1) dates.push(date);
    }
  }
  return dates;
}

const MILLISECONDS = 86_400_000;
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / MILLISECONDS;
const dayAfter = (date: string): string => new Date(Date.parse(date) + MILLISECONDS).toISOString().slice(0, 10);
