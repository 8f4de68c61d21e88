// The shape of a row of a published table, derived from the catalog.
import { type TSchema, Type } from 'typebox';
import type { Column } from '../../analytics/rows/value.js';
import type { PublishedTable } from '../../catalog/field.js';

export function rowSchema({ columns, grain }: PublishedTable) {
  return Type.Object(Object.fromEntries(columns.map((column) => [column.name, valueSchema(column)])), {
    description: `One of ${grain.replace(/^one row for every /, 'every ')}.`,
  });
}

function valueSchema(column: Column): TSchema {
  const unit = column.unit === undefined ? '' : ` In ${column.unit}.`;
  return Type.Union([typeOf(column), Type.Null()], { description: column.description + unit });
}

/** Of a value that is there. */
export function typeOf(column: Column): TSchema {
  if ('values' in column && column.values) return Type.Enum(column.values.map(({ value }) => value));
  switch (column.type) {
    case 'integer':
      return Type.Integer();
    case 'decimal':
      return Type.Number();
    case 'boolean':
      return Type.Boolean();
    case 'date':
      return Type.String({ format: 'date' });
    case 'timestamp':
      return Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]+$' });
    case 'list':
      return Type.Array(Type.String());
    default:
      return Type.String();
  }
}
