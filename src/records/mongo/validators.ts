// What MongoDB itself refuses, whoever writes: rows and entries that are not as the catalog says. Carelake has checked them
// before; this is for hands that write past it. `moderate`: a row of an earlier catalog may still be changed.
import { tableNamed } from '../../catalog/catalog.js';
import type { Field } from '../../catalog/field.js';
import { type RecordTable, recordTables } from '../entry.js';

const text = { bsonType: 'string' };
const count = { bsonType: 'number', minimum: 1 };

/** Of a collection of operational rows. */
export function rowSchema(table: RecordTable): object {
  const fields = tableNamed(table).fields.map((field) => [field.name, valueSchema(field)]);
  return {
    bsonType: 'object',
    required: ['workspace', 'key', 'version', 'sequence', 'deleted', 'values', 'by', 'at'],
    properties: {
      ...{ workspace: text, key: text, version: count, sequence: count, deleted: { bsonType: 'bool' } },
      values: { bsonType: 'object', properties: Object.fromEntries(fields) },
      ...{ by: text, at: text },
    },
  };
}

export const logSchema: object = {
  bsonType: 'object',
  required: [
    ...[
      'workspace',
      'sequence',
      'kind',
      'table',
      'key',
      'version',
      'recordVersion',
      'audit',
      'at',
      'identity',
      'digest',
    ],
  ],
  properties: {
    ...{ workspace: text, sequence: count, key: text, version: count, recordVersion: text },
    ...{ at: text, identity: text, digest: text },
    kind: { enum: ['create', 'change', 'delete'] },
    table: { enum: [...recordTables] },
    before: { bsonType: ['object', 'null'] },
    after: { bsonType: ['object', 'null'] },
    audit: { bsonType: 'object', required: ['by', 'from'], properties: { by: text, from: text } },
  },
};

function valueSchema({ type, min, max, values = [] }: Field): object {
  switch (type) {
    case 'integer':
    case 'decimal':
      return {
        bsonType: ['number', 'null'],
        ...(min !== undefined && { minimum: min }),
        ...(max !== undefined && { maximum: max }),
      };
    case 'code':
      return { enum: [...values.map(({ value }) => value), null] };
    case 'list':
      return { bsonType: ['array', 'null'], items: text };
    default:
      return { bsonType: ['string', 'null'] };
  }
}
