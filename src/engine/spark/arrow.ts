// Arrow batches, as Spark sends results, as batches of plain values.
import { DataType, RecordBatchReader, TimeUnit, type Vector } from 'apache-arrow';
import type { ColumnBatch } from '../engine.js';

/** Digits that a double carries exactly; a decimal beyond them is handed out as text. */
const exactDecimal = 10n ** 15n;

/** The rows of one whole IPC stream; one without rows still tells the columns. */
export function* batchesOf(stream: Buffer): Generator<ColumnBatch> {
  const reader = RecordBatchReader.from(stream).open();
  const columns = reader.schema.fields.map(({ name, type }) => ({ name, type: neutralType(type) }));
  let told = false;
  for (const batch of reader) {
    told = true;
    // By position: columns of one name would be one under it.
    const values = reader.schema.fields.map(({ type }, index) => {
      const vector = batch.getChildAt(index) as Vector;
      const read = readerOf(type, vector);
      return Array.from({ length: batch.numRows }, (_, row) => (vector.isValid(row) ? read(row) : null));
    });
    yield { columns, rows: batch.numRows, values };
  }
  if (!told) yield { columns, rows: 0, values: columns.map(() => []) };
}

/** What a column of a result is called; types that no step may store are handed out as text. */
function neutralType(type: DataType): string {
  if (DataType.isInt(type)) return type.bitWidth === 64 ? 'bigint' : 'integer';
  if (DataType.isFloat(type)) return 'double';
  if (DataType.isBool(type)) return 'boolean';
  if (DataType.isDecimal(type)) return `decimal(${type.precision},${type.scale})`;
  if (DataType.isDate(type)) return 'date';
  if (isLocalTime(type)) return 'timestamp';
  if (DataType.isList(type)) return `list(${neutralType(type.valueType)})`;
  return 'text';
}

const isLocalTime = (type: DataType): boolean =>
  DataType.isTimestamp(type) && !type.timezone && type.unit === TimeUnit.MICROSECOND;

/** How the values of a column are read that are not null. */
function readerOf(type: DataType, vector: Vector): (row: number) => unknown {
  const get = (row: number): unknown => vector.get(row);
  // The library makes one number of days and of times, and with that cuts microseconds off.
  const raw = vector.data[0]?.values as ArrayLike<number | bigint>;
  if (DataType.isInt(type)) return type.bitWidth === 64 ? (row) => safe(get(row) as bigint) : get;
  if (DataType.isFloat(type) || DataType.isBool(type) || DataType.isUtf8(type)) return get;
  if (DataType.isDecimal(type)) return (row) => decimal(get(row) as Uint32Array, type.scale);
  if (DataType.isDate(type)) return (row) => dateText(Number(raw[row]));
  if (isLocalTime(type)) return (row) => timeText(raw[row] as bigint);
  if (DataType.isList(type)) {
    return (row) => {
      const items = get(row) as Vector;
      const read = readerOf(type.valueType, items);
      return Array.from({ length: items.length }, (_, index) => (items.isValid(index) ? read(index) : null));
    };
  }
  return (row) => String(get(row));
}

const safe = (value: bigint): number | bigint => (Number.isSafeInteger(Number(value)) ? Number(value) : value);

/** Arrow holds the digits without the point, as four words of which the last bears the sign. */
function decimal(words: Uint32Array, scale: number): number | string {
  const unsigned = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  const value = BigInt.asIntN(32 * words.length, unsigned);
  const magnitude = value < 0n ? -value : value;
  const digits = magnitude.toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  const text = `${value < 0n ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`;
  return magnitude < exactDecimal ? Number(text) : text;
}

const dayMicros = 86_400_000_000n;

/** Days since 1970-01-01 of the proleptic Gregorian calendar → `2024-02-29`. */
function dateText(days: number): string {
  return new Date(days * 86_400_000).toISOString().split('T', 1)[0] as string;
}

/** Microseconds since 1970-01-01 00:00 → `2024-02-29 23:59:59.5`. */
function timeText(micros: bigint): string {
  const ofDay = ((micros % dayMicros) + dayMicros) % dayMicros;
  const [, clock] = new Date(Number(ofDay / 1_000_000n) * 1_000).toISOString().split(/[T.]/);
  const fraction = (ofDay % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '');
  return `${dateText(Number((micros - ofDay) / dayMicros))} ${clock}${fraction && `.${fraction}`}`;
}
