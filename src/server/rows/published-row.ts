// One row of the published run by its key: from those at hand, else from the files of the run.
import type { FastifyRequest } from 'fastify';
import { publishedTableNamed } from '../../catalog/catalog.js';
import { rowsOf } from '../../engine/engine.js';
import { identifier } from '../../engine/sql-text.js';
import type { RunRow, RunRowTable } from '../../records/run-rows.js';
import { answerOf } from '../answer/answer.js';
import { rowAtHand } from './at-hand.js';

/** Of a request that `reads: 'records'` or the run. Of several sources that have the key, the row of `default`. */
export async function publishedRow(
  request: FastifyRequest,
  table: RunRowTable,
  key: string,
): Promise<RunRow | undefined> {
  const { publication, engine } = answerOf(request);
  if (!publication || key.includes('\0')) return undefined;
  const atHand = await rowAtHand(request, publication.manifest.id, { table, key });
  if (atHand !== undefined) return atHand ?? undefined;
  const { key: keys, columns } = publishedTableNamed(table);
  const [row] = await rowsOf<RunRow>(engine, {
    name: `record/${table}`,
    sql: `select ${columns.map(({ name }) => identifier(name)).join(', ')} from ${table}
where ${identifier(keys[0] ?? '')} = ${engine.dialect.parameter('key')}
order by case when source = 'default' then 0 else 1 end, source limit 1`,
    inputs: { [table]: publication.tables[table]?.paths ?? [] },
    parameters: { key },
  });
  return row;
}
