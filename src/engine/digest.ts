// A digest of a table's content that depends neither on the order of its rows and files nor on the engine.
import { createHash } from 'node:crypto';
import type { Dialect } from './dialect.js';
import { type Column, type Engine, type Job, rowsOf } from './engine.js';
import { identifier } from './sql-text.js';

/**
 * SHA-256, in hexadecimal, over the names and types of the columns, the number of rows and the sum of the rows' hashes.
 * The order of the columns counts, the order of the rows does not. Doubles count to 6 decimal places.
 * @throws ENGINE_… where the files cannot be read, or a double lies outside ± 10^22.
 */
export async function digest(engine: Engine, paths: readonly string[], signal?: AbortSignal): Promise<string> {
  const job = { inputs: { content: paths }, ...(signal && { signal }) };
  const columns = await columnsOf(engine, { ...job, name: 'digest/columns', sql: 'select * from content limit 0' });
  const sql = digestSql(engine.dialect, columns);
  const [sum] = await rowsOf<{ rows: number | bigint; hashes: string }>(engine, { ...job, name: 'digest', sql });
  const content = [columns.map(({ name, type }) => [name, type]), String(sum?.rows), sum?.hashes];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** One row: how many rows `content` has, and the sum of their hashes as text. */
export function digestSql(dialect: Dialect, columns: readonly Column[]): string {
  const row = columns.flatMap((column) => textsOf(dialect, column).map(unambiguous)).join(' || ');
  return (
    `select count(*) as rows, cast(coalesce(sum(cast(row_hash as decimal(20, 0))), 0) as string) as hashes\n` +
    `from (select ${dialect.hash60(row)} as row_hash from content) as hashed`
  );
}

async function columnsOf(engine: Engine, job: Job): Promise<readonly Column[]> {
  for await (const { columns } of engine.query(job)) return columns;
  return [];
}

/** A column as one or more texts that together tell its values apart. */
function textsOf(dialect: Dialect, { name, type }: Column): string[] {
  const column = identifier(name);
  // The engines print the last digits of doubles differently.
  if (type === 'double') return [`cast(cast(${column} as decimal(28, 6)) as string)`];
  if (type === 'list(text)') {
    // Two joins first differ where the first separator stands, so together they tell every list of texts from every
    // other but [] from ['']. NULL elements do not count.
    const holdsEmpty = `case when array_contains(${column}, '') then 'y' end`;
    return [dialect.join(column, ','), dialect.join(column, ';'), holdsEmpty];
  }
  return [`cast(${column} as string)`];
}

/** A text so that no two rows of texts read alike once joined: its length in front, `-` for none. */
function unambiguous(text: string): string {
  return `coalesce(cast(length(${text}) as string) || ':' || ${text}, '-')`;
}
