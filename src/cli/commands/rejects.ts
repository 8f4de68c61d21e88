// carelake rejects: every record that was refused, and why.

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvLine } from '../../analytics/export/csv.js';
import { unarmed } from '../../analytics/export/formula.js';
import { writingTo } from '../../analytics/export/writing.js';
import { type Reason, reasons } from '../../catalog/reasons.js';
import { type RejectRow, readRejects } from '../../pipeline/rejects.js';
import { noteIn } from '../audited.js';
import { command, running, wholeNumber } from '../command.js';
import { excerpt, textTable } from '../output.js';

interface Options {
  readonly csv?: string;
  readonly limit: number;
  readonly missing?: boolean;
}

const columns = ['file', 'line', 'row', 'table', 'field', 'value', 'code', 'reason'] as const;

export const rejects = command({
  name: 'rejects',
  summary: 'Every record that was rejected, with file, line, field, value and reason',
  examples: ['rejects', 'rejects --missing', 'rejects --csv rejected.csv', 'rejects --json --limit 1000'],
})
  .option('--missing', 'instead, the values of used records that were set missing')
  .option('--csv <file>', 'write all of them to a CSV file')
  .option('--limit <n>', 'how many to show', wholeNumber('--limit', 0), 50)
  .action(
    running<Options, []>(async ({ app, output }, { csv, limit, missing = false }) => {
      const kind = missing ? 'values set missing' : 'rejected records';
      const detail = csv === undefined ? `${limit} ${kind} at most` : `all ${kind} to ${csv}`;
      await noteIn({ app, output }, 'rejects', {
        action: csv === undefined ? 'read' : 'export',
        table: 'rejects',
        detail,
      });
      const rows = readRejects(
        app.lake,
        await app.engine(),
        (code) => reasons[code as Reason] ?? code,
        missing ? 'missing' : 'rejected',
      );
      if (csv !== undefined) {
        const written = await writeCsv(rows, csv);
        output.result({ file: csv, rows: written }, () => `${flaws(written, missing)} written to ${csv}.`);
        return;
      }
      const shown: RejectRow[] = [];
      let total = 0;
      for await (const row of rows) {
        total += 1;
        if (shown.length < limit) shown.push(row);
      }
      output.result({ total, rejects: shown }, () =>
        total === 0
          ? missing
            ? 'No value was set missing.'
            : 'No record was rejected.'
          : [
              textTable(
                columns,
                shown.map((row) => columns.map((column) => excerpt(row[column]))),
              ),
              total > shown.length
                ? `${shown.length} of ${flaws(total, missing)}; --limit shows more, --csv FILE writes all.`
                : '',
            ].join('\n'),
      );
    }),
  );

/** What the rows are: a rejected record has one for each of its flaws, so they are more than the records. */
function flaws(count: number, missing: boolean): string {
  const [one, many] = missing
    ? ['value set missing', 'values set missing']
    : ['flaw of rejected records', 'flaws of rejected records'];
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** People open this file in a spreadsheet. */
async function writeCsv(rows: AsyncIterable<RejectRow>, path: string): Promise<number> {
  let written = 0;
  const lines = async function* () {
    yield csvLine(columns);
    for await (const row of rows) {
      written += 1;
      yield csvLine(columns.map((column) => unarmed(row[column])));
    }
  };
  await writingTo(path, () => pipeline(Readable.from(lines()), createWriteStream(path, { mode: 0o600 })));
  return written;
}
