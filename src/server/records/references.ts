// Whether what a record names is there: its patient, its visit, and that the visit is one of that patient. The audit log names
// what was asked for in vain, since the refusal says something of it.
import type { FastifyRequest } from 'fastify';
import { tableNamed } from '../../catalog/catalog.js';
import type { Fault } from '../../errors.js';
import type { RecordTable, Values } from '../../records/entry.js';
import { permissionsOf } from '../auth/permissions.js';
import { presentRecord } from './present.js';
import { oneOf } from './row.js';

export async function danglingReferences(
  request: FastifyRequest,
  table: RecordTable,
  values: Values,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const { patient_id: patient } = values;
  const may = permissionsOf(request.actor.roles);
  for (const [field, other] of Object.entries(tableNamed(table).references) as [string, RecordTable][]) {
    const key = values[field];
    if (typeof key !== 'string') continue;
    const { row } = await presentRecord(request, other, key);
    const fault = (message: string) => {
      faults.push({ field, value: key.slice(0, 100), message });
      request.audited = { table: other, ids: [key], tells: true };
    };
    if (!may.has(other === 'patients' ? 'patients:look-up' : 'records:read')) {
      // Whoever may not read it learns neither whether it is there nor whose it is.
      const fits =
        row?.source === 'default' && (other === 'patients' || (patient != null && row.patient_id === patient));
      if (!fits) fault(`There is no ${oneOf(other)} of this id that is one of the patient in patient_id.`);
    } else if (!row) fault(`There is no ${oneOf(other)} of this id.`);
    else if (row.source !== 'default') fault(`That ${oneOf(other)} belongs to the source ${row.source}.`);
    else if (other === 'visits' && patient != null && row.patient_id !== patient) {
      fault('The visit is one of another patient.');
    }
  }
  return faults;
}
