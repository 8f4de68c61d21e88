// Whether what a record names is there: its patient, its visit, and that the visit is one of that patient.
import type { FastifyRequest } from 'fastify';
import { tableNamed } from '../../catalog/catalog.js';
import type { Fault } from '../../errors.js';
import type { RecordTable, Values } from '../../records/entry.js';
import { presentRecord } from './present.js';
import { oneOf } from './row.js';

export async function danglingReferences(
  request: FastifyRequest,
  table: RecordTable,
  values: Values,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const { patient_id: patient } = values;
  for (const [field, other] of Object.entries(tableNamed(table).references) as [string, RecordTable][]) {
    const key = values[field];
    if (typeof key !== 'string') continue;
    const { row } = await presentRecord(request, other, key);
    const fault = (message: string) => faults.push({ field, value: key.slice(0, 100), message });
    if (!row) fault(`There is no ${oneOf(other)} of this id.`);
    else if (row.source !== 'default') fault(`That ${oneOf(other)} belongs to the source ${row.source}.`);
    else if (other === 'visits' && patient != null && row.patient_id !== patient) {
      fault('The visit is one of another patient.');
    }
  }
  return faults;
}
