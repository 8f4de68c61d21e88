// The kinds of defects of prescriptions.csv.
import { dayText } from '../calendar.js';
import { copyDefects } from './copies.js';
import type { DefectKind, Target } from './defect.js';
import { found, invalid, rejected, used } from './expectation.js';
import { structureDefects } from './structure.js';
import { otherNumberForm, valueDefect } from './value.js';

const table = 'prescriptions';

const visitDay = ({ visit }: Target): number => (visit as NonNullable<Target['visit']>).day;

export const prescriptionDefects: readonly DefectKind[] = [
  valueDefect({
    table,
    name: 'id-missing',
    what: 'The id is empty.',
    field: 'prescription_id',
    expected: invalid(table, 'prescription_id', 'required_missing'),
    value: () => '',
  }),
  valueDefect({
    table,
    name: 'drug-missing',
    what: 'The name of the drug is empty.',
    field: 'drug_name',
    expected: invalid(table, 'drug_name', 'required_missing'),
    value: () => '',
  }),
  valueDefect({
    table,
    name: 'nobody',
    what: 'Neither a patient nor a visit is named.',
    field: 'patient_id',
    also: { visit_id: '' },
    expected: rejected('required_missing', 'prescriptions.patient_id_or_visit_id.required'),
    value: () => '',
  }),
  valueDefect({
    table,
    name: 'visit-only',
    what: 'Only the visit is named; the patient is the one of the visit.',
    field: 'patient_id',
    expected: used,
    value: () => '',
  }),
  valueDefect({
    table,
    name: 'orphan',
    what: 'The prescription names a visit that nobody knows; it is kept and flagged.',
    field: 'visit_id',
    expected: found('prescriptions.visit_id.reference'),
    value: (original) => `X${original}`,
  }),
  valueDefect({
    table,
    name: 'date-impossible',
    what: 'The date names a day that does not exist.',
    field: 'prescribed_date',
    expected: invalid(table, 'prescribed_date', 'not_a_date'),
    value: () => '2023-04-31',
  }),
  valueDefect({
    table,
    name: 'date-in-future',
    what: 'The date lies far in the future.',
    field: 'prescribed_date',
    expected: invalid(table, 'prescribed_date', 'in_future'),
    value: () => '2999-01-01',
  }),
  valueDefect({
    table,
    name: 'before-visit',
    what: 'The prescription is dated before its visit.',
    field: 'prescribed_date',
    expected: found('prescriptions.prescribed_date.after_visit'),
    value: (_, target) => dayText(visitDay(target) - target.random.between(5, 90)),
  }),
  valueDefect({
    table,
    name: 'quantity-text',
    what: 'The quantity is a word.',
    field: 'quantity',
    expected: invalid(table, 'quantity', 'not_a_number'),
    value: (_, { random }) => random.pick(['two boxes', 'plenty', 'as needed']),
  }),
  valueDefect({
    table,
    name: 'days-supply-out-of-range',
    what: 'The days of supply are negative or more than 999.',
    field: 'days_supply',
    expected: invalid(table, 'days_supply', 'out_of_range'),
    value: (_, { random }) => random.pick(['-30', '3000', '1000']),
  }),
  valueDefect({
    table,
    name: 'refills-not-whole',
    what: 'The number of refills is not whole.',
    field: 'refill_count',
    expected: invalid(table, 'refill_count', 'not_whole'),
    value: (original) => `${original}.5`,
  }),
  valueDefect({
    table,
    name: 'days-supply-number-form',
    what: 'The days of supply are written 30.0, with blanks around them, or 3e1.',
    field: 'days_supply',
    expected: used,
    value: otherNumberForm,
  }),
  valueDefect({
    table,
    name: 'category-unknown',
    what: 'The category is one that nobody knows.',
    field: 'drug_category',
    expected: invalid(table, 'drug_category', 'not_allowed'),
    value: (_, { random }) => random.pick(['Class 9', 'blue pills']),
  }),
  valueDefect({
    table,
    name: 'category-case',
    what: 'The category is written in capitals.',
    field: 'drug_category',
    expected: used,
    value: (original) => original.toUpperCase(),
  }),
  ...structureDefects(table),
  ...copyDefects({
    table,
    key: 'prescription_id',
    outdated: { field: 'refill_count', values: ['0', '1', '2', '3'] },
    mayHaveTwin: () => true,
  }),
];
