// The kinds of defects of patients.csv.
import { copyDefects } from './copies.js';
import type { DefectKind, Target } from './defect.js';
import { invalid, rejected, used } from './expectation.js';
import { structureDefects } from './structure.js';
import { otherNumberForm, valueDefect } from './value.js';

const table = 'patients';

const genders: Readonly<Record<string, readonly string[]>> = {
  Male: ['M', 'male', 'MALE', 'm'],
  Female: ['F', 'female', 'FEMALE', 'w'],
  Other: ['other', 'X', 'non-binary'],
};

export const patientDefects: readonly DefectKind[] = [
  valueDefect({
    table,
    name: 'id-missing',
    what: 'The id is empty. The visits of the patient become orphans.',
    field: 'patient_id',
    expected: invalid(table, 'patient_id', 'required_missing'),
    value: () => '',
  }),
  valueDefect({
    table,
    name: 'birth-date-missing',
    what: 'The birth date is empty, and there is no age.',
    field: 'birth_date',
    expected: rejected('required_missing', 'patients.age_or_birth_date.required'),
    value: () => '',
  }),
  valueDefect({
    table,
    name: 'birth-date-impossible',
    what: 'The birth date names a day that does not exist.',
    field: 'birth_date',
    expected: invalid(table, 'birth_date', 'not_a_date'),
    value: (original) => `${original.slice(0, 4)}-02-30`,
  }),
  valueDefect({
    table,
    name: 'birth-date-in-future',
    what: 'The birth date lies far in the future.',
    field: 'birth_date',
    expected: invalid(table, 'birth_date', 'in_future'),
    value: () => '2999-01-01',
  }),
  valueDefect({
    table,
    name: 'registration-date-unreadable',
    what: 'The registration date is a word.',
    field: 'registration_date',
    expected: invalid(table, 'registration_date', 'not_a_date'),
    value: () => 'last spring',
  }),
  valueDefect({
    table,
    name: 'death-date-impossible',
    what: 'The date of death names a day that does not exist.',
    field: 'death_date',
    weight: 3,
    expected: invalid(table, 'death_date', 'not_a_date'),
    value: (original) => `${original.slice(0, 4)}-13-01`,
  }),
  valueDefect({
    table,
    name: 'bmi-out-of-range',
    what: 'The body mass index is one nobody can have.',
    field: 'bmi',
    expected: invalid(table, 'bmi', 'out_of_range'),
    value: (_, { random }) => random.pick(['0', '2.6', '265', '-27.5', '999']),
  }),
  valueDefect({
    table,
    name: 'bmi-text',
    what: 'The body mass index is a word.',
    field: 'bmi',
    expected: invalid(table, 'bmi', 'not_a_number'),
    value: (_, { random }) => random.pick(['obese', 'normal', '2x.5']),
  }),
  valueDefect({
    table,
    name: 'bmi-number-form',
    what: 'The body mass index has blanks around it or zeros behind it.',
    field: 'bmi',
    expected: used,
    value: otherNumberForm,
  }),
  valueDefect({
    table,
    name: 'gender-unknown-code',
    what: 'The gender is a code that nobody knows.',
    field: 'gender',
    expected: invalid(table, 'gender', 'not_allowed'),
    value: (_, { random }) => random.pick(['Q', '17', 'see chart']),
  }),
  valueDefect({
    table,
    name: 'gender-synonym',
    what: 'The gender is written otherwise.',
    field: 'gender',
    expected: used,
    value: (original, { random }) => random.pick(genders[original] as readonly string[]),
  }),
  valueDefect({
    table,
    name: 'smoker-yes-no',
    what: 'Smoking is answered by yes (Current) or no (Never).',
    field: 'smoker_status',
    expected: used,
    applies: ({ course }: Target) => course.person.smoker !== 'Former',
    value: (original, { random }) => random.pick(original === 'Current' ? ['yes', 'Y', 'TRUE'] : ['no', 'N', 'False']),
  }),
  valueDefect({
    table,
    name: 'name-on-two-lines',
    what: 'The name is quoted and holds a line end, so that the record spans two lines.',
    field: 'name',
    expected: used,
    value: (original) => `"${original.replace(' ', '\n')}"`,
  }),
  valueDefect({
    table,
    name: 'name-with-quotes',
    what: 'The name is quoted and holds doubled quotes and a comma.',
    field: 'name',
    expected: used,
    value: (original) => `"${original.replace(' ', ' ""Sunny"" ')}, Jr"`,
  }),
  ...structureDefects(table),
  ...copyDefects({
    table,
    key: 'patient_id',
    outdated: { field: 'insurance_type', values: ['Private', 'Government', 'None'] },
    mayHaveTwin: () => true,
  }),
];
