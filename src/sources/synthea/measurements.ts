// SQL that finds the measurements of observations.csv which are fields of patients and visits.
//
// The rule where there are several: the last one by its time that states a value, of one time the last in the file. A visit
// has those that name it and its patient; a patient those of all visits. Blood pressure is the last pair taken at one time.
import { loincMeasurements } from '../../catalog/codes/loinc-measurements.js';
import { smokingStatus } from '../../catalog/codes/smoking-status.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal } from '../../engine/sql-text.js';
import type { RawTable } from '../source.js';
import { everyPart, place, time } from './relation.js';

type Field = (typeof loincMeasurements.codes)[number]['field'];

/** SELECT giving `patient_id`, `bmi` and `smoker_status`. An answer that says that nothing is known is passed over. */
export function patientMeasurements(observations: readonly RawTable[], dialect: Dialect): string {
  return `select patient_id,
  ${last('amount', 'patients.bmi')} as bmi,
  ${last(smoker('amount'), 'patients.smoker_status')} as smoker_status
from (
${stated(observations, ['patients.bmi', 'patients.smoker_status'], dialect)}
) as stated
group by patient_id`;
}

/** SELECT giving `visit_id`, `patient_id`, `glucose_level`, `heart_rate` and `a1c_result`. */
export function visitMeasurements(observations: readonly RawTable[], dialect: Dialect): string {
  return `select visit_id, patient_id,
  ${last('amount', 'visits.glucose_level')} as glucose_level,
  ${last('whole', 'visits.heart_rate')} as heart_rate,
  ${last('amount', 'visits.a1c_result')} as a1c_result
from (
${stated(observations, ['visits.glucose_level', 'visits.heart_rate', 'visits.a1c_result'], dialect)}
) as stated
where visit_id <> ''
group by visit_id, patient_id`;
}

/** SELECT giving `visit_id`, `patient_id` and `blood_pressure`. */
export function visitPressures(observations: readonly RawTable[], dialect: Dialect): string {
  return `select visit_id, patient_id, max_by(systolic || '/' || diastolic, taken_at) as blood_pressure
from (
  select visit_id, patient_id, taken_at,
    ${last('whole', 'visits.systolic')} as systolic,
    ${last('whole', 'visits.diastolic')} as diastolic
  from (
${stated(observations, ['visits.systolic', 'visits.diastolic'], dialect)}
  ) as stated
  where visit_id <> ''
  group by visit_id, patient_id, taken_at
) as pairs
where systolic is not null and diastolic is not null
group by visit_id, patient_id`;
}

const codesOf = (fields: readonly Field[]): string =>
  loincMeasurements.codes
    .filter(({ field }) => fields.includes(field))
    .map(({ code }) => literal(code))
    .join(', ');

/** The last of the values of a field in a group. */
function last(value: string, field: Field): string {
  const counts = `code in (${codesOf([field])}) and ${value} is not null`;
  return `max_by(${value}, case when ${counts} then place end)`;
}

/** Observations of these fields that state a value: `amount` with its unit where that is not the field's, `whole` rounded. */
function stated(observations: readonly RawTable[], fields: readonly Field[], dialect: Dialect): string {
  const foreign = fields.map((field) => {
    const units = loincMeasurements.codes.find((one) => one.field === field)?.units ?? [];
    return `when "CODE" in (${codesOf([field])}) and lower("UNITS") not in (${['', ...units].map(literal).join(', ')}) then "VALUE" || ' ' || "UNITS"`;
  });
  return `select visit_id, patient_id, code, taken_at, place, amount,
  case when ${dialect.fullMatch('amount', '[0-9]{1,9}[.][0-9]{1,6}')} then cast(cast(floor(try_cast(amount as decimal(18,6)) + 0.5) as bigint) as string) else amount end as whole
from (
  select "ENCOUNTER" as visit_id, "PATIENT" as patient_id, "CODE" as code, ${time('"DATE"')} as taken_at,
    ${place('"DATE"')} as place,
    case ${foreign.join(' ')} else "VALUE" end as amount
  from (
  ${everyPart(observations, ['DATE', 'PATIENT', 'ENCOUNTER', 'CODE', 'VALUE', 'UNITS'])}
  ) as observed
  where "CODE" in (${codesOf(fields)}) and "VALUE" <> '' and "PATIENT" <> ''
) as measured`;
}

/** The catalog's word for a smoking status; any other text is handed on, for the clean step to judge. */
function smoker(answer: string): string {
  const meanings = smokingStatus.codes.flatMap(({ code, descriptions, value }) =>
    [code, ...descriptions].map((text) => [text.toLowerCase(), value] as const),
  );
  const cases = meanings.map(
    ([text, value]) => `when ${literal(text)} then ${value === null ? 'null' : literal(value)}`,
  );
  return `case lower(${answer}) ${cases.join(' ')} else ${answer} end`;
}
