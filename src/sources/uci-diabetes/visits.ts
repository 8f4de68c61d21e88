// visits: one row for every encounter. There are no dates; encounter_id rises with time within a patient.
import { uciAdmissionSources } from '../../catalog/codes/uci-admission-sources.js';
import { uciAdmissionTypes } from '../../catalog/codes/uci-admission-types.js';
import { uciDischargeDispositions } from '../../catalog/codes/uci-discharge-dispositions.js';
import type { RawTable, Reading } from '../source.js';
import { described, type Supply, selected } from '../supplied.js';
import { codeEntries, codeValues } from './codes.js';
import { landed, type NeededColumn } from './columns.js';
import { bandMidpoint, isPresent, trimmed } from './expressions.js';

/** Fields whose text is the column's own. */
const asWritten: readonly (readonly [field: string, column: NeededColumn])[] = [
  ['visit_id', 'encounter_id'],
  ['visit_order', 'encounter_id'],
  ['patient_id', 'patient_nbr'],
  ['length_of_stay', 'time_in_hospital'],
  ['payer', 'payer_code'],
  ['specialty', 'medical_specialty'],
  ['num_lab_procedures', 'num_lab_procedures'],
  ['num_procedures', 'num_procedures'],
  ['num_medications', 'num_medications'],
  ['num_diagnoses', 'number_diagnoses'],
  ['prior_outpatient', 'number_outpatient'],
  ['prior_emergency', 'number_emergency'],
  ['prior_inpatient', 'number_inpatient'],
  ['diagnosis_code', 'diag_1'],
];

/**
 * The primary reading. age: the midpoint of the band. admission_type, admission_source, discharge_disposition and its detail:
 * the id by the set's own code tables, the description by the catalog's lists; an id that the code tables lack is handed on as
 * it is. a1c_result, glucose_band: `None` means not measured. readmitted_within_30_days: `<30` Yes, `>30` and `NO` No;
 * readmitted_after_30_days: `>30` Yes.
 */
export function visitsReading(encounters: RawTable, codes: RawTable): Reading {
  const c = (column: NeededColumn) => landed(encounters, column);
  const readmitted = c('readmitted');
  const supplies: Supply[] = [
    ...asWritten.map(([field, column]) => ({ field, origin: column, sql: c(column) })),
    { field: 'visit_type', origin: 'encounter_id', sql: `'inpatient'` },
    { field: 'age', origin: 'age', sql: bandMidpoint(c('age')) },
    { field: 'admission_type', origin: 'admission_type_id', sql: lookedUp('t', c('admission_type_id')) },
    { field: 'admission_source', origin: 'admission_source_id', sql: lookedUp('f', c('admission_source_id')) },
    {
      field: 'discharge_disposition',
      origin: 'discharge_disposition_id',
      sql: lookedUp('d', c('discharge_disposition_id')),
    },
    {
      field: 'discharge_disposition_detail',
      origin: 'discharge_disposition_id',
      sql: lookedUp('e', c('discharge_disposition_id')),
    },
    { field: 'diagnosis_system', origin: 'diag_1', sql: `case when ${isPresent(c('diag_1'))} then 'icd-9-cm' end` },
    { field: 'a1c_result', origin: 'A1Cresult', sql: measured(c('A1Cresult')) },
    { field: 'glucose_band', origin: 'max_glu_serum', sql: measured(c('max_glu_serum')) },
    { field: 'medication_changed', origin: 'change', sql: c('change') },
    {
      field: 'readmitted_within_30_days',
      origin: 'readmitted',
      sql: `case upper(${trimmed(readmitted)})
    when '<30' then 'Yes' when '>30' then 'No' when 'NO' then 'No' else ${readmitted} end`,
    },
    {
      field: 'readmitted_after_30_days',
      origin: 'readmitted',
      sql: `case upper(${trimmed(readmitted)})
    when '>30' then 'Yes' when '<30' then 'No' when 'NO' then 'No' else ${readmitted} end`,
    },
  ];
  return {
    table: 'visits',
    rawTable: encounters,
    primary: true,
    ...described(supplies),
    also: [codes],
    decimalComma: false,
    sql: () => `with code_entries as (
${codeEntries(codes)}
), admission_types as (
${codeValues('admission_type_id', uciAdmissionTypes.codes)}
), admission_sources as (
${codeValues('admission_source_id', uciAdmissionSources.codes)}
), discharge_dispositions as (
${codeValues('discharge_disposition_id', uciDischargeDispositions.codes)}
), disposition_details as (
${codeValues(
  'discharge_disposition_id',
  uciDischargeDispositions.codes.map(({ description, detail }) => ({ description, value: detail })),
)}
)
select r._file, r._row, r._line, r._lines, cast(0 as bigint) as _item,
${selected(supplies)}
from raw as r
left join admission_types as t on t.id = ${trimmed(c('admission_type_id'))}
left join admission_sources as f on f.id = ${trimmed(c('admission_source_id'))}
left join discharge_dispositions as d on d.id = ${trimmed(c('discharge_disposition_id'))}
left join disposition_details as e on e.id = ${trimmed(c('discharge_disposition_id'))}`,
  };
}

/** A result, unless the file says that nothing was measured. */
function measured(result: string): string {
  return `case when lower(${trimmed(result)}) <> 'none' then ${result} end`;
}

function lookedUp(codeTable: string, id: string): string {
  return `case when ${codeTable}.id is null then ${id} else ${codeTable}.value end`;
}
