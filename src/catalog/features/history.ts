// Features of the patient's history: what there was before the stay or the visit of the moment began.
import type { Feature, HistoryFact } from './feature.js';
import { ofVisit } from './from-field.js';

interface Own {
  readonly definition: string;
  readonly synonyms?: readonly string[];
  readonly only?: Feature['only'];
  readonly unit?: string;
  readonly max?: number;
}

/** How much of it there was, in so many days or ever. */
function sum(name: string, label: string, of: HistoryFact, days: number | undefined, own: Own): Feature {
  const { definition, synonyms = [], only, unit, max = 10_000 } = own;
  return {
    name,
    label,
    type: 'number',
    definition,
    known: 'before the visit',
    origin: { kind: 'sum', of, ...(days !== undefined && { days }) },
    ...(unit !== undefined && { unit }),
    min: 0,
    max,
    synonyms,
    ...((only ?? days !== undefined) && { only: only ?? 'dated' }),
  };
}

const since = (last: 'visit' | 'discharge', definition: string): Feature => ({
  name: `days_since_last_${last}`,
  label: `Days since last ${last}`,
  type: 'number',
  definition,
  known: 'before the visit',
  origin: { kind: 'days since', last },
  unit: 'd',
  min: 0,
  max: 54_750,
  synonyms: [],
  only: 'dated',
});

/** Half a year is that of LACE's item E and of the index dates of the risk model. */
const HALF_YEAR = 180;
const YEAR = 365;

export const historyFeatures: readonly Feature[] = [
  sum('number_of_previous_visits', 'Earlier visits', 'visits', undefined, {
    definition: 'Visits of every type before.',
    synonyms: [
      'previous visits',
      'prior visits',
      'num previous visits',
      'number of prior visits',
      'previous visit count',
    ],
  }),
  ofVisit('previous_visit_gap_days', {
    label: 'Gap before the visit',
    known: 'start of the visit',
    definition: 'Days from the visit before to the visit, counted from the dates.',
    origin: { kind: 'first visit', column: 'days_since_previous_visit' },
    without: ['days since last visit'],
    only: 'dated',
  }),
  since('visit', 'Days since the latest visit began.'),
  since('discharge', 'Days since the latest stay ended.'),
  sum('earlier_stays', 'Earlier stays', 'stays', undefined, { definition: 'Inpatient stays before.' }),
  sum('stays_365_days', 'Stays in a year', 'stays', YEAR, {
    definition: 'Inpatient stays that began in the 365 days before.',
  }),
  sum('earlier_readmissions', 'Earlier readmissions', 'readmissions', undefined, {
    definition:
      'Earlier stays that a readmission within 30 days followed, the stay of the moment among those readmissions. Where there are dates: an unplanned stay; where there are none, as the file says.',
  }),
  {
    name: 'is_readmission',
    label: 'Is a readmission',
    type: 'category',
    definition:
      'Whether the file says of the stay before that an admission within 30 days followed it, which is this one as far as the file tells.',
    known: 'start of the visit',
    origin: { kind: 'visit before', column: 'readmitted_within_30_days' },
    values: [
      { value: 'Yes', synonyms: ['true'] },
      { value: 'No', synonyms: ['false'] },
    ],
    synonyms: [],
    only: 'undated',
  },
  sum('earlier_late_readmissions', 'Earlier late readmissions', 'late readmissions', undefined, {
    definition:
      'Earlier stays after which the file says that an admission followed later than 30 days, the stay of the moment among those admissions.',
    only: 'undated',
  }),
  sum('earlier_days_in_hospital', 'Earlier days in hospital', 'days in hospital', undefined, {
    definition: 'The lengths of all earlier stays together.',
    unit: 'd',
    max: 54_750,
  }),
  sum('days_in_hospital_365_days', 'Days in hospital in a year', 'days in hospital', YEAR, {
    definition: 'The lengths of the stays that ended in the 365 days before.',
    unit: 'd',
    max: 54_750,
  }),
  sum('emergency_visits_180_days', 'Emergency visits in half a year', 'emergency visits', HALF_YEAR, {
    definition: 'Emergency visits in the 180 days before.',
    synonyms: ['emergency visits 6 months', 'ed visits 6 months'],
  }),
  sum('emergency_visits_365_days', 'Emergency visits in a year', 'emergency visits', YEAR, {
    definition: 'Emergency visits in the 365 days before.',
  }),
  sum('outpatient_visits_365_days', 'Outpatient visits in a year', 'outpatient visits', YEAR, {
    definition: 'Outpatient visits in the 365 days before.',
  }),
  sum('acute_visits_365_days', 'Acute visits in a year', 'acute visits', YEAR, {
    definition: 'Unplanned inpatient visits and emergency visits that began in the 365 days before.',
  }),
  {
    name: 'mean_severity_365_days',
    label: 'Mean severity in a year',
    type: 'number',
    definition: 'The mean severity score of the visits that ended in the 365 days before.',
    known: 'before the visit',
    origin: { kind: 'mean', of: 'severity scores', days: YEAR },
    min: 0,
    max: 10,
    synonyms: [],
    only: 'dated',
  },
  ...['inpatient', 'emergency', 'outpatient'].map((type) =>
    ofVisit(`prior_${type}`, { label: `Given ${type} visits in a year`, known: 'start of the visit' }),
  ),
];
