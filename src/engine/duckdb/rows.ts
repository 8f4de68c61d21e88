// DuckDB's data chunks as batches of plain values.
import {
  type DuckDBDataChunk,
  DuckDBDecimalType,
  DuckDBDecimalValue,
  DuckDBListType,
  DuckDBListValue,
  type DuckDBResult,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Column, ColumnBatch } from '../engine.js';
import { resultType } from './types.js';

/** Digits that a double carries exactly; a decimal beyond them is handed out as text. */
const exactDecimal = 10n ** 15n;

export function columnsOf(result: DuckDBResult): Column[] {
  return result.columnNames().map((name, index) => ({ name, type: resultType(result.columnType(index)) }));
}

export function batchOf(columns: readonly Column[], types: readonly DuckDBType[], chunk: DuckDBDataChunk): ColumnBatch {
  const values = types.map((type, index) => {
    const read = readerOf(type);
    const column = chunk.getColumnValues(index);
    return read ? column.map((value) => (value === null ? null : read(value))) : column;
  });
  return { columns, rows: chunk.rowCount, values };
}

/** How a value other than null becomes a plain one; undefined where it already is. */
function readerOf(type: DuckDBType): ((value: DuckDBValue) => unknown) | undefined {
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.UINTEGER:
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.VARCHAR:
      return undefined;
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
      return (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value);
  }
  if (type instanceof DuckDBDecimalType)
    return (value) => (value instanceof DuckDBDecimalValue ? decimal(value) : value);
  if (type instanceof DuckDBListType) {
    const read = readerOf(type.valueType) ?? ((item: DuckDBValue) => item);
    return (value) =>
      value instanceof DuckDBListValue ? value.items.map((item) => (item === null ? null : read(item))) : value;
  }
  return String; // dates, timestamps, and what only a person reads: UUID, INTERVAL, STRUCT …
}

function decimal(value: DuckDBDecimalValue): number | string {
  const magnitude = value.value < 0n ? -value.value : value.value;
  return magnitude < exactDecimal ? Number(value.toString()) : value.toString();
}
