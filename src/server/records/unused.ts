// Whether anything still names a record that is to be deleted, or a visit that is to be another patient's: visits and
// prescriptions would be left without their patient, or with two.
import type { FastifyRequest } from 'fastify';
import { fieldNamed, publishedTableNamed, tableNamed } from '../../catalog/catalog.js';
import { CarelakeError } from '../../errors.js';
import { type RecordTable, recordTables } from '../../records/entry.js';
import { listRecords } from './list.js';
import { keyOf } from './row.js';

/** @param patient Whose records may name it all the same. @throws RECORD_IN_USE */
export async function requireUnused(
  request: FastifyRequest,
  table: RecordTable,
  key: string,
  patient?: string,
): Promise<void> {
  const counts: string[] = [];
  for (const other of recordTables) {
    const [field] = Object.entries(tableNamed(other).references).find(([, named]) => named === table) ?? [];
    if (field === undefined) continue;
    const { columns } = publishedTableNamed(other);
    const source = columns.find(({ name }) => name === 'source');
    const is = (text: string) => [{ is: { text, type: 'string' } as const }];
    const { total } = await listRecords(request, other, {
      filters: [
        { column: fieldNamed(tableNamed(other), field), not: false, terms: is(key) },
        ...(source ? [{ column: source, not: false, terms: is('default') }] : []),
        ...(patient === undefined
          ? []
          : [{ column: fieldNamed(tableNamed(other), 'patient_id'), not: true, terms: is(patient) }]),
      ],
      order: [{ column: fieldNamed(tableNamed(other), keyOf(other)), descending: false }],
      limit: 1,
      from: 0,
    });
    if (total > 0) counts.push(`${total} ${total === 1 ? other.slice(0, -1) : other}`);
  }
  if (counts.length === 0) return;
  throw new CarelakeError('RECORD_IN_USE', `${table} ${key.slice(0, 200)} is named by ${counts.join(' and ')}.`);
}
