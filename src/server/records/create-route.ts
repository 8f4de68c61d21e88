// The route that creates a record of a table: POST /api/patient, /api/visit, /api/prescription.
import type { RecordTable } from '../../records/entry.js';
import { refusals } from '../problem.js';
import type { Route } from '../route.js';
import { anyObject } from './any-object.js';
import { namesOf, newRecordSchema, writtenSchema } from './schema.js';
import { createRecord } from './write.js';

export function createRoute(table: RecordTable): Route {
  const { id, shown } = namesOf(table);
  const schema = {
    tags: ['records'],
    summary: `Create a ${shown}`,
    description:
      'With the header `Idempotency-Key` the same request may be sent again: it is kept once, and answered alike, with the header `idempotency-replayed`.',
    body: newRecordSchema(table),
    response: { 201: writtenSchema(table), ...refusals('RECORD_INVALID', 'RECORD_EXISTS', 'IDEMPOTENCY_REUSED') },
  };
  return async (app) => {
    const config = {
      reads: 'records',
      record: table,
      permission: 'records:create',
      audit: 'write',
      repeats: 'log',
    } as const;
    app.post('', { schema, config, validatorCompiler: anyObject }, async (request, reply) => {
      const { key, version, row, repeated } = await createRecord(request, table, request.body);
      if (repeated) reply.header('idempotency-replayed', 'true');
      reply.code(201).header('location', `/api/${table}/${encodeURIComponent(key)}`);
      return { success: true, message: `The ${shown} is kept.`, [id]: key, version, [shown]: row };
    });
  };
}
