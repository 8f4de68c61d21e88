// The routes of one record of a table: change and delete it, and see what it was. Reading patients is a route of their own.
import { Type } from 'typebox';
import type { RecordTable } from '../../records/entry.js';
import { answerOf } from '../answer/answer.js';
import { asOf } from '../answer/as-of.js';
import { showsRows } from '../audit/audited.js';
import { refusals } from '../problem.js';
import type { Route } from '../route.js';
import { anyObject } from './any-object.js';
import { requireRecord } from './present.js';
import {
  changeSchema,
  deletedSchema,
  namesOf,
  recordParams,
  recordSchema,
  versionSchema,
  writtenSchema,
} from './schema.js';
import { changeRecord, deleteRecord } from './write.js';

export function writeRoutes(table: RecordTable): Route {
  const { id, shown } = namesOf(table);
  const tags = ['records'];
  const writes = { reads: 'records', record: table, permission: 'records:write', own: table, audit: 'write' } as const;
  const change = {
    tags,
    summary: `Change a ${shown}`,
    description:
      'Only the fields that are given change; null takes a value away. The version before stays in the history.',
    params: recordParams,
    body: changeSchema(table),
    response: {
      200: writtenSchema(table),
      ...refusals(
        ...([
          'ROW_NOT_FOUND',
          'RECORD_INVALID',
          'RECORD_CONFLICT',
          'RECORD_OF_SOURCE',
          'RECORD_VERSION_MISSING',
        ] as const),
        ...(table === 'visits' ? (['RECORD_IN_USE'] as const) : []),
      ),
    },
  };
  const remove = {
    tags,
    summary: `Delete a ${shown}`,
    description: 'What it was stays in its history, and its id may be used again.',
    params: recordParams,
    querystring: Type.Object({ version: Type.Optional(versionSchema) }, { additionalProperties: false }),
    response: {
      200: deletedSchema(table),
      ...refusals(
        'ROW_NOT_FOUND',
        'RECORD_INVALID',
        'RECORD_CONFLICT',
        'RECORD_IN_USE',
        'RECORD_OF_SOURCE',
        'RECORD_VERSION_MISSING',
      ),
    },
  };
  return async (app) => {
    app.patch('', { schema: change, config: writes, validatorCompiler: anyObject }, async (request) => {
      const { key, version, row } = await changeRecord(request, table, request.params.id, request.body);
      return { success: true, message: `The ${shown} is changed.`, [id]: key, version, [shown]: row };
    });
    app.delete('', { schema: remove, config: writes }, async (request) => {
      const { key, version } = await deleteRecord(request, table, request.params.id, request.query.version);
      return { success: true, message: `The ${shown} is deleted.`, [id]: key, version };
    });
  };
}

export function readRoute(table: RecordTable): Route {
  const { id, shown } = namesOf(table);
  const schema = {
    tags: ['rows'],
    summary: `One ${shown}`,
    params: recordParams,
    response: { 200: recordSchema(table), ...refusals('ROW_NOT_FOUND', 'NOT_PUBLISHED') },
  };
  return async (app) => {
    const config = { reads: 'records', record: table, permission: 'records:read', own: table, audit: 'read' } as const;
    app.get('', { schema, config }, async (request) => {
      const { row, version } = await requireRecord(request, table, request.params.id);
      showsRows(request, table, id, [row]);
      const { publication, typed } = answerOf(request);
      const run = publication ? asOf(publication.manifest, typed.count) : null;
      return { success: true, as_of: run, version, [shown]: row };
    });
  };
}
