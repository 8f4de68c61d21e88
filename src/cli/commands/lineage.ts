// carelake lineage: where a row came from.
import { type Lineage, type RowTrace, traceRow } from '../../pipeline/lineage.js';
import { noteIn } from '../audited.js';
import { command, running } from '../command.js';
import { excerpt, textTable } from '../output.js';

export const lineage = command({
  name: 'lineage',
  summary: 'Follow a row back to its file and line, with the values as they came',
  examples: ['lineage visits V1-1', 'lineage stays uci-diabetes:2278392', 'lineage patient_summary P1 --json'],
})
  .argument('<table>', 'a published table')
  .argument('<key>', 'the id of the row, as the table shows it')
  .action(
    running<object, [string, string]>(async ({ app, output }, _options, table, key) => {
      const traced = await traceRow(app.lake, await app.engine(), table, key);
      await noteIn({ app, output }, 'lineage', { action: 'read', table, ids: [key], detail: null });
      output.result(traced, () => lineageText(traced));
    }),
  );

function lineageText({ run, table, key, step, rows, complete }: Lineage): string {
  const more = complete
    ? []
    : ['There are more rows than are shown; follow one of the rows that this one is made from.'];
  return [`${table} ${key}, run ${run}, made by step ${step.slice(0, 12)}`, ...rows.map(rowText), ...more].join('\n\n');
}

function rowText({ table, disposition, reason, winner, batch, file, line, row, values }: RowTrace): string {
  const where = line === null ? `record ${row}` : `line ${line}`;
  const lost = winner ? `; ${winner.file}, record ${winner.row} won` : '';
  const why = reason ? ` (${reason}${lost})` : '';
  return [
    `${table}: ${disposition}${why}`,
    `  ${file}, ${where}; batch ${batch.sequence} (${batch.id}) of ${batch.source}, landed ${batch.landed}`,
    textTable(
      ['field', 'column', 'as it came', 'as it is', ''],
      values.map((value) => [
        value.field,
        excerpt(value.column),
        excerpt(value.original),
        excerpt(value.value),
        value.reason,
      ]),
    ).replace(/^/gm, '  '),
  ].join('\n');
}
