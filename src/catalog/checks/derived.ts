// The checks that follow from what the catalog says of a table and its fields: nobody writes them by hand.
import type { Field, Table } from '../field.js';
import type { Reason } from '../reasons.js';
import { absenceThreshold } from './absence.js';
import { type Check, check, type Relation } from './check.js';

/** The checks of a table that files fill, in the order of its fields. */
export function derivedChecks(table: Table): Check[] {
  return [
    ...table.fields.flatMap((field) => [
      ...requirement(table, field),
      ...form(table, field),
      ...allowed(table, field),
      ...range(table, field),
      ...future(table, field),
      ...absence(table, field),
    ]),
    ...table.oneOf.map((group) =>
      required(table, `${group.join('_or_')}`, null, `A row of ${table.name} has neither ${group.join(' nor ')}.`),
    ),
    ...Object.entries(table.references).map(([name, other]) => reference(table, name, other)),
    unique(table),
    ...(table.alike.length > 0 ? [twins(table)] : []),
  ];
}

/** The last part of the id of the check that counts a reason; what cleaning says is counted under it. */
export const kindOfReason: Readonly<Partial<Record<Reason, string>>> = {
  required_missing: 'required',
  not_a_number: 'form',
  not_whole: 'form',
  not_a_date: 'form',
  date_order_unknown: 'form',
  not_a_time: 'form',
  not_blood_pressure: 'form',
  not_allowed: 'allowed',
  out_of_range: 'range',
  in_future: 'future',
};

/** How the values of a type are written; text takes any. */
const forms: Partial<Record<Field['type'], string>> = {
  integer: 'a whole number',
  decimal: 'a number',
  date: 'a date that exists and can be read in one way only',
  timestamp: 'a date with a time',
  'blood-pressure': 'of the form 120/80, the first number above the second',
};

const reasonsOf = (kind: string): Reason[] =>
  (Object.keys(kindOfReason) as Reason[]).filter((reason) => kindOfReason[reason] === kind);

/** A flaw that rejects its row loses it; any other loses a value. */
function flaw(table: Table, field: Field, kind: string, category: Check['category'], explanation: string): Check {
  const lost = field.invalid === 'reject' ? 'the row is rejected' : 'the value is set missing';
  return check({
    id: `${table.name}.${field.name}.${kind}`,
    category,
    severity: field.invalid === 'reject' ? 'major' : 'minor',
    table: table.name,
    field: field.name,
    threshold: 0.01,
    explanation: `${explanation}; ${lost}.`,
    look: { at: 'cleaning', reasons: reasonsOf(kind) },
  });
}

function required(table: Table, name: string, field: string | null, explanation: string): Check {
  return check({
    id: `${table.name}.${name}.required`,
    category: 'completeness',
    severity: 'critical',
    table: table.name,
    field,
    threshold: 0.001,
    explanation: `${explanation} It is rejected.`,
    look: { at: 'cleaning', reasons: reasonsOf('required') },
  });
}

const requirement = (table: Table, { name, required: isRequired }: Field): Check[] =>
  isRequired ? [required(table, name, name, `A row of ${table.name} has no ${name}.`)] : [];

function form(table: Table, field: Field): Check[] {
  const what = forms[field.type];
  return what ? [flaw(table, field, 'form', 'value', `${field.name} is not ${what}`)] : [];
}

const allowed = (table: Table, field: Field): Check[] =>
  field.type === 'code'
    ? [flaw(table, field, 'allowed', 'value', `${field.name} is none of its values, nor a known synonym of one`)]
    : [];

function range(table: Table, field: Field): Check[] {
  const { min, max, unit = '', mostYearsAgo } = field;
  const bounds =
    mostYearsAgo === undefined
      ? min !== undefined && max !== undefined && max < Number.MAX_SAFE_INTEGER && `${min} to ${max} ${unit}`.trim()
      : `the last ${mostYearsAgo} years`;
  return bounds ? [flaw(table, field, 'range', 'atemporal', `${field.name} lies outside ${bounds}`)] : [];
}

const future = (table: Table, field: Field): Check[] =>
  field.past
    ? [flaw(table, field, 'future', 'temporal', `${field.name} lies after the day on which its file landed`)]
    : [];

function absence(table: Table, { name }: Field): Check[] {
  const threshold = absenceThreshold(table.name, name);
  if (threshold === undefined) return [];
  return [
    check({
      id: `${table.name}.${name}.present`,
      category: 'completeness',
      severity: 'minor',
      table: table.name,
      field: name,
      threshold,
      explanation: `${name} is not given, where its source gives the field at all.`,
      look: { at: 'absence' },
    }),
  ];
}

function reference(table: Table, name: string, other: string): Check {
  const known = other === 'patients' ? 'patient_known' : 'visit_known';
  return check({
    id: `${table.name}.${name}.reference`,
    category: 'relational',
    severity: other === 'patients' ? 'critical' : 'major',
    table: table.name,
    field: name,
    threshold: 0.01,
    explanation:
      other === 'patients'
        ? `The patient of a row of ${table.name} is not known; the row is kept and flagged.`
        : `A row of ${table.name} names a visit that is not known; it is kept and flagged.`,
    look: {
      at: 'rows',
      of: table.name as Relation,
      applies: other === 'patients' ? 'true' : `${name} is not null`,
      fails: `not ${known}`,
      shows: name,
    },
  });
}

const unique = (table: Table): Check =>
  check({
    id: `${table.name}.key.unique`,
    category: 'relational',
    severity: 'major',
    table: table.name,
    field: null,
    threshold: 0.01,
    explanation: `Another row of the same batch has the same key (${table.key.join(', ')}); the last one wins.`,
    look: { at: 'duplicates' },
  });

const twins = (table: Table): Check =>
  check({
    id: `${table.name}.content.unique`,
    category: 'uniqueness',
    severity: 'major',
    table: table.name,
    field: null,
    threshold: 0.01,
    explanation: 'The row repeats the whole content of another under another id; both are kept.',
    look: { at: 'twins' },
  });
