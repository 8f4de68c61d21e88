// The mapping file of `--map`: JSON such as { "dates": "dmy", "columns": { "visits": { "visit_id": "Fall-Nr" } } }.
import { tables } from '../../catalog/catalog.js';
import { CarelakeError } from '../../errors.js';
import type { Mapping } from '../source.js';

/** @throws MAPPING_INVALID naming the place at fault and what would be right. */
export function parseMapping(text: string, file: string): Mapping {
  const refuse = (message: string, cause?: unknown): never => {
    throw new CarelakeError('MAPPING_INVALID', `${file}: ${message}`, { cause, faults: [{ file, message }] });
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return refuse(`is not JSON (${(cause as Error).message})`, cause);
  }
  if (!isRecord(value)) return refuse('must be an object with "columns" and, if needed, "dates"');
  const { columns = {}, dates, ...rest } = value;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) return refuse(`"${unknown}" is not known; there are "columns" and "dates"`);
  if (dates !== undefined && dates !== 'dmy' && dates !== 'mdy') return refuse('"dates" must be "dmy" or "mdy"');
  if (!isRecord(columns)) return refuse('"columns" must be an object: table → field → column');
  for (const [table, fields] of Object.entries(columns)) {
    if (!Object.hasOwn(tables, table))
      return refuse(`"${table}" is not a table; there are ${Object.keys(tables).join(', ')}`);
    if (!isRecord(fields)) return refuse(`"${table}" must be an object: field → column`);
    for (const [field, column] of Object.entries(fields)) {
      const isPosition = Number.isInteger(column) && (column as number) >= 1;
      if (typeof column !== 'string' && !isPosition) {
        return refuse(`"${table}.${field}" must be a column's name or its position from 1`);
      }
    }
  }
  return { columns: columns as Mapping['columns'], ...(dates && { dates }) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
