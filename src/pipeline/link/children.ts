// diagnoses, procedures and observations, published. Grain: one row for every one of them.
import type { Table } from '../../catalog/field.js';
import { diagnoses } from '../../catalog/tables/diagnoses.js';
import { observations } from '../../catalog/tables/observations.js';
import { procedures } from '../../catalog/tables/procedures.js';
import type { Step } from '../../engine/step.js';
import { withDisease } from './disease.js';
import { liveRows } from './live.js';
import { type LinkInputs, linkStep, whence } from './published.js';

export const diagnosesStep = (inputs: LinkInputs): Step =>
  linkStep('diagnoses', inputs, (dialect) => withDisease(childSql(diagnoses), dialect));

export const proceduresStep = (inputs: LinkInputs): Step => linkStep('procedures', inputs, () => childSql(procedures));

export const observationsStep = (inputs: LinkInputs): Step =>
  linkStep('observations', inputs, () => childSql(observations));

/** Where a row names no patient, it is the visit's. */
function childSql(table: Table): string {
  const fields = table.fields.map(({ name }) =>
    name === 'patient_id' ? 'coalesce(c.patient_id, v.patient_id) as patient_id' : `c."${name}"`,
  );
  const columns = [
    'c.source',
    ...fields,
    'p.patient_id is not null as patient_known',
    'case when c.visit_id is not null then v.visit_id is not null end as visit_known',
    whence('c'),
  ];
  return `select ${columns.join(',\n  ')}
from (
  ${liveRows()}
) as c
left join visits as v on v.source = c.source and v.visit_id = c.visit_id
left join patients as p on p.source = c.source and p.patient_id = coalesce(c.patient_id, v.patient_id)`;
}
