// Spark's types as engine-neutral types, and which of them may stand in a file that other engines read.
import { CarelakeError } from '../../errors.js';
import type { DataType } from './protocol.js';

const plain: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'integer',
  long: 'bigint',
  double: 'double',
  date: 'date',
  timestampNtz: 'timestamp',
  boolean: 'boolean',
};

/** The engine-neutral name of a type, or undefined outside the portable set. */
function portableType({ kind, decimal, array }: DataType): string | undefined {
  if (decimal) return `decimal(${decimal.precision},${decimal.scale})`;
  if (array) return array.elementType.kind === 'string' ? 'list(text)' : undefined;
  return plain[kind];
}

/** Refuses an output that another engine could not read: ENGINE_TYPE_NOT_PORTABLE names each column and step. */
export function requirePortable(step: string, schema: DataType | undefined): void {
  const faults = (schema?.struct?.fields ?? [])
    .filter(({ dataType }) => portableType(dataType) === undefined)
    .map(({ name, dataType: { kind } }) => ({
      field: name,
      value: kind,
      message: `Column ${name} has the type ${kind}.`,
    }));
  if (faults.length === 0) return;
  const list = faults.map(({ field, value }) => `${field} (${value})`).join(', ');
  throw new CarelakeError('ENGINE_TYPE_NOT_PORTABLE', `Step ${step}: not portable: ${list}.`, { faults });
}
