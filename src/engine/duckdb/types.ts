// DuckDB's types as engine-neutral types, and which of them may stand in a file that other engines read.
import { DuckDBDecimalType, DuckDBListType, type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import { CarelakeError } from '../../errors.js';
import type { Column } from '../engine.js';

/**
 * The engine-neutral name of a type, or undefined outside the portable set: HUGEINT reads as DOUBLE in Spark, and a
 * column of TIMESTAMP_NS, UUID, TIME or INTERVAL makes the whole file unreadable there.
 */
function portableType(type: DuckDBType): string | undefined {
  switch (type.typeId) {
    case DuckDBTypeId.VARCHAR:
      return type.alias === undefined ? 'text' : undefined; // JSON is an alias of VARCHAR
    case DuckDBTypeId.INTEGER:
      return 'integer';
    case DuckDBTypeId.BIGINT:
      return 'bigint';
    case DuckDBTypeId.DOUBLE:
      return 'double';
    case DuckDBTypeId.DATE:
      return 'date';
    case DuckDBTypeId.TIMESTAMP:
      return 'timestamp';
    case DuckDBTypeId.BOOLEAN:
      return 'boolean';
  }
  if (type instanceof DuckDBDecimalType) return `decimal(${type.width},${type.scale})`;
  if (type instanceof DuckDBListType && portableType(type.valueType) === 'text') return 'list(text)';
  return undefined;
}

/** What a column of a result is called where types outside the portable set are welcome too, because nobody else reads it. */
export function resultType(type: DuckDBType): string {
  switch (type.typeId) {
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
      return 'integer';
    case DuckDBTypeId.UINTEGER:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
      return 'bigint';
    case DuckDBTypeId.FLOAT:
      return 'double';
  }
  if (type instanceof DuckDBListType) return `list(${resultType(type.valueType)})`;
  return portableType(type) ?? 'text';
}

/** Refuses an output that another engine could not read: ENGINE_TYPE_NOT_PORTABLE names each column and step. */
export function requirePortable(step: string, names: readonly string[], types: readonly DuckDBType[]): Column[] {
  const columns: Column[] = [];
  const faults = [];
  for (const [index, type] of types.entries()) {
    const name = names[index] as string;
    const neutral = portableType(type);
    if (neutral) columns.push({ name, type: neutral });
    else faults.push(fault(name, type.alias ?? String(type)));
  }
  if (faults.length > 0) {
    const list = faults.map(({ field, value }) => `${field} (${value})`).join(', ');
    throw new CarelakeError('ENGINE_TYPE_NOT_PORTABLE', `Step ${step}: not portable: ${list}.`, { faults });
  }
  return columns;
}

function fault(field: string, type: string) {
  return { field, value: type, message: `Column ${field} has the type ${type}.` };
}
