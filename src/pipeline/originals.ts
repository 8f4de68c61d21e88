// The values of one row as they came: texts of the record that it names, and of records of other files that its reading joins.
import { type Engine, rowsOf } from '../engine/engine.js';
import { identifier } from '../engine/sql-text.js';
import type { Lake } from '../lake/lake.js';
import type { RawTable } from '../sources/source.js';
import { type Batch, batchKey } from './batch.js';
import type { CleanPlan } from './plan.js';

interface Place {
  readonly lake: Lake;
  readonly engine: Engine;
}

/** Which row of the reading. */
interface Named {
  readonly _file: string;
  readonly _row: number;
  readonly _item: number;
}

type Texts = ReadonlyMap<string, string | null>;
type Read = Pick<CleanPlan, 'batch' | 'reading'>;

/** Field → text; null where it was empty, or where no record says it. */
export async function originalsOf(place: Place, read: Read, row: Named): Promise<Texts> {
  const { fields, origin } = read.reading;
  const raw = await rawRecord(place, read, row);
  const elsewhere = fields.filter((field) => columnsOf(origin[field] ?? '', raw).length === 0);
  const joined = elsewhere.length > 0 ? await joinedTexts(place, read, row, elsewhere) : new Map<string, string>();
  return new Map(fields.map((field) => [field, joined.get(field) ?? originalOf(origin[field] ?? '', raw)]));
}

/** The record as it landed: column → text. */
async function rawRecord({ lake, engine }: Place, { batch, reading }: Read, row: Named): Promise<Texts> {
  const { rawTable } = reading;
  const file = engine.dialect.parameter('file');
  const sql = `select * from raw where _row = ${engine.dialect.parameter('row')} and _file = ${file}`;
  const inputs = { raw: await rawFiles(lake, batch, rawTable) };
  const parameters = { row: row._row, file: row._file };
  const [record] = await rowsOf<Record<string, string | null>>(engine, { name: 'lineage', sql, inputs, parameters });
  return new Map(rawTable.columns.map((column, index) => [column, record?.[`c${index}`] ?? null]));
}

/**
 * What the reading hands to cleaning for fields of other files. It is asked for its one row, since only it knows which of the
 * other records counts.
 */
async function joinedTexts(
  { lake, engine }: Place,
  { batch, reading }: Read,
  row: Named,
  fields: readonly string[],
): Promise<Texts> {
  const others = reading.also.map(async (table) => {
    return [`${table.name}_${table.part}`, await rawFiles(lake, batch, table)] as const;
  });
  const raw = await rawFiles(lake, batch, reading.rawTable);
  const parameter = (name: string) => engine.dialect.parameter(name);
  const [texts] = await rowsOf<Record<string, string | null>>(engine, {
    name: 'lineage',
    sql: `select ${fields.map(identifier).join(', ')} from (
${reading.sql(engine.dialect)}
) as r where _file = ${parameter('file')} and _row = ${parameter('row')} and _item = ${parameter('item')}`,
    inputs: { raw, ...Object.fromEntries(await Promise.all(others)) },
    parameters: { file: row._file, row: row._row, item: row._item },
  });
  return new Map(fields.map((field) => [field, texts?.[field] ?? null]));
}

function rawFiles(lake: Lake, batch: Batch, { name, part }: RawTable): Promise<string[]> {
  const landed = batch.tables.find((table) => table.name === name && table.part === part);
  return lake.checkout((landed?.parquet ?? []).map((file) => `${batchKey(batch)}/${file}`));
}

/** A field may be made of several columns, which its origin names with commas between them. */
function originalOf(origin: string, raw: Texts): string | null {
  if (raw.has(origin)) return raw.get(origin) ?? null;
  const columns = columnsOf(origin, raw);
  return columns.length === 0 ? null : columns.map((column) => `${column}=${raw.get(column) ?? ''}`).join(', ');
}

/** Those of the record itself. */
const columnsOf = (origin: string, raw: Texts): string[] =>
  raw.has(origin) ? [origin] : origin.split(', ').filter((column) => raw.has(column));
