// carelake quality: how good the data of a run is, check by check, and which rows fail one.
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvLine } from '../../analytics/export/csv.js';
import { unarmed } from '../../analytics/export/formula.js';
import { writingTo } from '../../analytics/export/writing.js';
import { checkNamed } from '../../catalog/checks.js';
import { type FailingRow, type FailingRowsRequest, readFailingRows } from '../../pipeline/quality/failing.js';
import { qualityHtml } from '../../pipeline/quality/html.js';
import { readQuality, readTrend } from '../../pipeline/quality/read.js';
import { noteIn } from '../audited.js';
import { command, type Invocation, running, wholeNumber } from '../command.js';
import { excerpt, textTable } from '../output.js';
import { qualityText } from '../quality-text.js';

interface Options {
  readonly run?: string;
  readonly html?: string;
  readonly csv?: string;
  readonly limit: number;
  readonly all?: boolean;
}

const columns = ['source', 'key', 'value', 'file', 'line', 'row', 'batch', 'used'] as const;

export const quality = command({
  name: 'quality',
  summary: 'How good the data is: the grade of a run, its checks, the runs before it, and the rows that fail a check',
  examples: ['quality', 'quality --html quality.html', 'quality visits.visit_date.before_death --csv failing.csv'],
})
  .argument('[check]', 'a check whose failing rows are shown')
  .option('--run <id>', 'a run that is kept; else the published one')
  .option('--all', 'show every check, not only those that fail')
  .option('--html <file>', 'write the report as one HTML file, which holds nothing of a patient')
  .option('--csv <file>', 'write all failing rows of the check to a CSV file')
  .option('--limit <n>', 'how many failing rows to show', wholeNumber('--limit', 0), 50)
  .action(
    running<Options, [string | undefined]>(async (invocation, options, check) => {
      if (check !== undefined) return showFailing(invocation, check, options);
      const { app, output } = invocation;
      const report = await readQuality(app.lake, options.run);
      const trend = await readTrend(app.lake);
      const { html } = options;
      if (html !== undefined) {
        const page = qualityHtml(app.config.workspace, report, trend);
        await writingTo(html, () => writeFile(html, page, { mode: 0o600 }));
        output.note(`Report written to ${html}.`);
      }
      const checks = report.checks.map((result) => ({ ...result, explanation: checkNamed(result.id)?.explanation }));
      output.result({ ...report, checks, trend }, () => qualityText(report, trend, options.all ?? false));
    }),
  );

async function showFailing({ app, output }: Invocation, check: string, { run, csv, limit }: Options): Promise<void> {
  const action = csv === undefined ? 'read' : 'export';
  await noteIn({ app, output }, 'quality', {
    action,
    detail: `rows that fail ${check}${csv === undefined ? '' : ` to ${csv}`}`,
  });
  const request: FailingRowsRequest = { check, ...(run !== undefined && { run }) };
  if (csv !== undefined) {
    const written = await writeCsv(readFailingRows(app.lake, await app.engine(), request), csv);
    output.result({ check, file: csv, rows: written }, () => `${written} failing rows written to ${csv}.`);
    return;
  }
  const rows: FailingRow[] = [];
  for await (const row of readFailingRows(app.lake, await app.engine(), { ...request, limit: limit + 1 }))
    rows.push(row);
  const shown = rows.slice(0, limit);
  const more = rows.length > shown.length;
  output.result({ check, rows: shown, more }, () =>
    [
      checkNamed(check)?.explanation,
      rows.length === 0
        ? 'No row fails this check.'
        : textTable(
            columns,
            shown.map((row) => columns.map((column) => excerpt(row[column]))),
          ),
      ...(more ? ['There are more; --limit shows more, --csv FILE writes all.'] : []),
    ].join('\n'),
  );
}

/** People open this file in a spreadsheet. */
async function writeCsv(rows: AsyncIterable<FailingRow>, path: string): Promise<number> {
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
