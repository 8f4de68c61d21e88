// The kinds of defects of visits.csv.
import { dayText } from '../calendar.js';
import { copyDefects } from './copies.js';
import { type DefectKind, type Target, withValues } from './defect.js';
import { found, invalid, used } from './expectation.js';
import { structureDefects } from './structure.js';
import { otherNumberForm, valueDefect } from './value.js';

const table = 'visits';

const visitTypes: Readonly<Record<string, readonly string[]>> = {
  inpatient: ['IP', 'INPATIENT', 'Hospitalization'],
  emergency: ['ED', 'ER', 'Emergency room'],
  outpatient: ['OP', 'Ambulatory', 'Outpatient'],
};

const MMOL_PER_MG_DL = 1 / 18.0182;

const isStay = ({ visit }: Target): boolean => visit?.type === 'inpatient' && visit.discharged !== undefined;
const dayOfVisit = ({ visit }: Target): number => (visit as NonNullable<Target['visit']>).day;

/** A visit in the days after death, added behind the patient's last one. */
const afterDeath: DefectKind = {
  id: `${table}/after-death`,
  table,
  what: 'An outpatient visit follows the death of the patient.',
  weight: 12,
  expected: found('visits.visit_date.before_death'),
  changesCourse: false,
  applies: ({ course, visit, until }) =>
    course.died !== undefined && course.died < until && visit === course.visits[course.visits.length - 1],
  inject: (target) => {
    const { course, random, until } = target;
    const died = course.died as number;
    const injected = dayText(random.between(died + 1, Math.min(until, died + 200)));
    const extra = withValues(target, {
      visit_id: `V${course.person.number}-${course.visits.length + 1}`,
      visit_date: injected,
      discharge_date: '',
      visit_type: 'outpatient',
      admission_type: '',
      discharge_disposition: '',
      length_of_stay: '',
    });
    return { lines: [target.fields.join(','), extra], struck: 1, field: 'visit_date', original: null, injected };
  },
};

export const visitDefects: readonly DefectKind[] = [
  valueDefect({
    table,
    name: 'id-missing',
    what: 'The id is empty.',
    field: 'visit_id',
    expected: invalid(table, 'visit_id', 'required_missing'),
    changesCourse: true,
    value: () => '',
  }),
  valueDefect({
    table,
    name: 'patient-missing',
    what: 'The id of the patient is empty.',
    field: 'patient_id',
    expected: invalid(table, 'patient_id', 'required_missing'),
    changesCourse: true,
    value: () => '',
  }),
  valueDefect({
    table,
    name: 'orphan',
    what: 'The visit names a patient whom nobody knows; it is kept and flagged.',
    field: 'patient_id',
    expected: found('visits.patient_id.reference'),
    changesCourse: true,
    value: (original) => `X${original}`,
  }),
  valueDefect({
    table,
    name: 'date-impossible',
    what: 'The date names a day that does not exist.',
    field: 'visit_date',
    expected: invalid(table, 'visit_date', 'not_a_date'),
    changesCourse: true,
    value: () => '2024-02-30',
  }),
  valueDefect({
    table,
    name: 'date-in-future',
    what: 'The date lies far in the future.',
    field: 'visit_date',
    expected: invalid(table, 'visit_date', 'in_future'),
    changesCourse: true,
    value: () => '2999-01-01',
  }),
  valueDefect({
    table,
    name: 'discharge-unreadable',
    what: 'The date of discharge is a word.',
    field: 'discharge_date',
    expected: invalid(table, 'discharge_date', 'not_a_date'),
    changesCourse: true,
    value: () => 'pending',
  }),
  valueDefect({
    table,
    name: 'discharge-before-admission',
    what: 'The stay ends before it begins.',
    field: 'discharge_date',
    weight: 3,
    expected: found('visits.discharge_date.after_visit'),
    changesCourse: true,
    applies: isStay,
    value: (_, target) => dayText(dayOfVisit(target) - target.random.between(1, 9)),
  }),
  valueDefect({
    table,
    name: 'length-of-stay-wrong',
    what: 'The length of stay is not the one that the dates give.',
    field: 'length_of_stay',
    weight: 3,
    expected: found('visits.length_of_stay.agrees'),
    applies: isStay,
    value: (original, { random }) => String(Number(original) + random.between(3, 20)),
  }),
  valueDefect({
    table,
    name: 'type-unknown',
    what: 'The type of visit is a code that nobody knows.',
    field: 'visit_type',
    expected: invalid(table, 'visit_type', 'not_allowed'),
    changesCourse: true,
    value: (_, { random }) => random.pick(['Z9', 'unclear', '99']),
  }),
  valueDefect({
    table,
    name: 'type-synonym',
    what: 'The type of visit is written otherwise.',
    field: 'visit_type',
    expected: used,
    value: (original, { random }) => random.pick(visitTypes[original] as readonly string[]),
  }),
  valueDefect({
    table,
    name: 'severity-out-of-range',
    what: 'The severity lies outside 0 to 10.',
    field: 'severity_score',
    expected: invalid(table, 'severity_score', 'out_of_range'),
    value: (_, { random }) => random.pick(['42', '-1', '10.5', '100']),
  }),
  valueDefect({
    table,
    name: 'severity-text',
    what: 'The severity is a word.',
    field: 'severity_score',
    expected: invalid(table, 'severity_score', 'not_a_number'),
    value: (_, { random }) => random.pick(['severe', 'mild', 'high']),
  }),
  valueDefect({
    table,
    name: 'blood-pressure-malformed',
    what: 'The blood pressure is not of the form 120/80, or upside down.',
    field: 'blood_pressure',
    expected: invalid(table, 'blood_pressure', 'not_blood_pressure'),
    value: (original, { random }) =>
      random.pick([
        'high',
        original.replace('/', '-'),
        `${original.split('/')[0]}/`,
        original.split('/').reverse().join('/'),
      ]),
  }),
  valueDefect({
    table,
    name: 'heart-rate-number-form',
    what: 'The heart rate is written 65.0, with blanks around it, or 6.5e1.',
    field: 'heart_rate',
    expected: used,
    value: otherNumberForm,
  }),
  valueDefect({
    table,
    name: 'glucose-in-mmol',
    what: 'Glucose is given in mmol/L, two decimals; converted back, it is within 0.1 mg/dL.',
    field: 'glucose_level',
    expected: used,
    value: (original) => `${(Number(original) * MMOL_PER_MG_DL).toFixed(2)} mmol/L`,
  }),
  afterDeath,
  ...structureDefects(table).map((kind) => ({ ...kind, changesCourse: kind.expected.disposition === 'rejected' })),
  ...copyDefects({
    table,
    key: 'visit_id',
    outdated: { field: 'severity_score', values: ['1.1', '5.5', '8.8'] },
    // a second inpatient stay on the same days would be another stay
    mayHaveTwin: ({ visit }) => visit?.type === 'outpatient',
  }),
];
