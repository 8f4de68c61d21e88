// prescriptions, published. Grain: one row for every prescription of a source.
import { prescriptions } from '../../catalog/tables/prescriptions.js';
import type { Step } from '../../engine/step.js';
import { liveRows } from './live.js';
import { type LinkInputs, linkStep, whence } from './published.js';

/** Where a prescription names no patient, it is the visit's. */
export function prescriptionsStep(inputs: LinkInputs): Step {
  const fields = prescriptions.fields.map(({ name }) =>
    name === 'patient_id' ? 'coalesce(r.patient_id, v.patient_id) as patient_id' : `r."${name}"`,
  );
  return linkStep(
    'prescriptions',
    inputs,
    () => `select r.source, ${fields.join(', ')},
  p.patient_id is not null as patient_known,
  case when r.visit_id is not null then v.visit_id is not null end as visit_known,
  ${whence('r')}
from (
  ${liveRows()}
) as r
left join visits as v on v.source = r.source and v.visit_id = r.visit_id
left join patients as p on p.source = r.source and p.patient_id = coalesce(r.patient_id, v.patient_id)`,
  );
}
