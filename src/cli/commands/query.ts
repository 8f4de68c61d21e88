// carelake query: read-only SQL over the published tables.
import { runQuery, tablesNamedIn } from '../../analytics/query/query.js';
import { textTooLong } from '../../engine/text-too-long.js';
import { noteIn } from '../audited.js';
import { command, running, wholeNumber } from '../command.js';
import { textTable } from '../output.js';

interface Options {
  readonly limit: number;
  /** Seconds. */
  readonly timeout: number;
}

export const query = command({
  name: 'query',
  summary: 'One SELECT over the published tables; it can read nothing else and change nothing',
  examples: [
    'query "select visit_type, count(*) from visits group by all"',
    'query "select * from months order by month" --json',
  ],
})
  .argument('<select>', 'the statement')
  .option('--limit <n>', 'the most rows to show', wholeNumber('--limit', 1), 1000)
  .option('--timeout <seconds>', 'how long it may take', wholeNumber('--timeout', 1, 86_400), 60)
  .action(
    running<Options, [string]>(async ({ app, output, signal }, { limit, timeout }, sql) => {
      let columns: string[] = [];
      const rows: unknown[][] = [];
      let more = false;
      let known: readonly string[] = [];
      const published = await app.published((names) => {
        known = names;
        return tablesNamedIn(sql, names);
      });
      const options = { known, limit: limit + 1, timeout, signal };
      for await (const batch of runQuery(app.sandbox, published, sql, options)) {
        columns = batch.columns.map(({ name }) => name);
        for (let n = 0; n < batch.rows; n++) {
          if (rows.length < limit) rows.push(batch.values.map((column) => column[n]));
          else more = true;
        }
      }
      await noteIn({ app, output }, 'query', { action: 'read', detail: `${rows.length} rows of: ${sql}` });
      if (more) output.note(`Only the first ${limit} rows are shown; --limit shows more.`);
      try {
        output.result(
          { columns, rows, more },
          () => `${textTable(columns, rows)}\n${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`,
        );
      } catch (error) {
        throw textTooLong(error) ?? error;
      }
    }),
  );
