// Lines of the audit log as text for whoever keeps or searches them elsewhere: CSV, or NDJSON with the hashes as they are.
import { csvLine } from '../../analytics/export/csv.js';
import { unarmed } from '../../analytics/export/formula.js';
import { hashed, type Line } from '../../records/audit/line.js';

const columns = [...hashed, 'hash'] as const;

const csvOf = (line: Line): string => csvLine(columns.map((name) => unarmed(line[name])));

const ndjsonOf = (line: Line): string => `${JSON.stringify(line)}\n`;

/** What an export of a line holds. */
export const exportOf = { csv: (line: Line) => csvLine(columns) + csvOf(line), ndjson: ndjsonOf } as const;

/** How many lines are handed on at once. */
const together = 500;

export const auditCsv = (lines: AsyncIterable<Line>, counted?: { lines: number }): AsyncGenerator<string> =>
  pieces(lines, csvOf, csvLine(columns), counted);

/** Every field as the hash covers it. */
export const auditNdjson = (lines: AsyncIterable<Line>, counted?: { lines: number }): AsyncGenerator<string> =>
  pieces(lines, ndjsonOf, '', counted);

async function* pieces(
  lines: AsyncIterable<Line>,
  textOf: (line: Line) => string,
  head: string,
  counted = { lines: 0 },
): AsyncGenerator<string> {
  let text = head;
  for await (const line of lines) {
    text += textOf(line);
    counted.lines += 1;
    if (counted.lines % together > 0) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
