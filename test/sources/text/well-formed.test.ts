// Whatever a well-formed text holds, every value arrives as it was written.
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read } from './reading.js';

const delimiter = fc.constantFrom(',', ';', '\t', '|');
const fragments = [
  'a',
  'Ü',
  '漢',
  '😀',
  ' ',
  '\t',
  ',',
  ';',
  '|',
  '"',
  '""',
  '\n',
  '\r',
  '\r\n',
  '\\',
  "'",
  '#',
  '1',
  '\u001f',
  '\u00a0',
  '\u2028',
  'NULL',
];
const value = fc.array(fc.constantFrom(...fragments), { maxLength: 6 }).map((parts) => parts.join(''));
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

const table = fc.integer({ min: 1, max: 5 }).chain((columns) =>
  fc.record({
    columns: fc.constant(columns),
    delimiter,
    rows: fc.array(
      fc.record({
        cells: fc.array(fc.tuple(value, fc.boolean()), { minLength: columns, maxLength: columns }),
        lineEnd,
      }),
      { maxLength: 20 },
    ),
    final: fc.boolean(),
    mark: fc.boolean(),
    chunk: fc.integer({ min: 1, max: 200 }),
  }),
);

function render(cells: readonly (readonly [string, boolean])[], by: string): string {
  const fields = cells.map(([text, quoted]) =>
    quoted || text.includes(by) || /[\r\n]|^"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text,
  );
  const line = fields.join(by);
  // A line of blanks alone is a blank line: a record of it has to be quoted.
  return /^[ \t]*$/.test(line) && !(by === '\t' && line.includes('\t'))
    ? fields.map((field) => `"${field}"`).join(by)
    : line;
}

describe('a well-formed text', () => {
  it('arrives in DuckDB value for value, with the record and line of each', async () => {
    await fc.assert(
      fc.asyncProperty(table, async ({ columns, delimiter: by, rows, final, mark, chunk }) => {
        const header = Array.from({ length: columns }, (_, index) => `column${index}`).join(by);
        const lines = rows.map(({ cells, lineEnd: end }) => render(cells, by) + end);
        let text = `${header}\n${lines.join('')}`;
        if (!final && rows.length > 0) text = text.replace(/(\r\n|\r|\n)$/, '');
        const outcome = await read((mark ? '\ufeff' : '') + text, { chunk, pieceBytes: 200 });
        const delimiterFound = columns > 1 ? by : outcome.head.delimiter;
        expect(outcome.head.delimiter).toBe(delimiterFound);
        if (columns === 1 && rows.some(({ cells }) => (cells[0]?.[0] ?? '').includes(','))) return;
        expect(outcome.rejects).toEqual([]);
        expect(outcome.records.map(({ values }) => values)).toEqual(
          rows.map(({ cells }) => cells.map(([text]) => (text === '' ? null : text))),
        );
        let line = 2;
        for (const [index, record] of outcome.records.entries()) {
          const own = (lines[index] ?? '').match(/\r\n|\r|\n/g)?.length ?? 0;
          expect(record).toMatchObject({ row: index + 1, line, lines: own });
          line += own;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives the values that csv-parse gives', async () => {
    await fc.assert(
      fc.asyncProperty(table, async ({ columns, delimiter: by, rows }) => {
        fc.pre(columns > 1 && rows.length > 0);
        const header = Array.from({ length: columns }, (_, index) => `column${index}`).join(by);
        const text = `${header}\n${rows
          .map(
            ({ cells }) =>
              `${render(
                cells.map(([cell]) => [cell, cell.includes('"')] as const),
                by,
              )}\n`,
          )
          .join('')}`;
        const peer: string[][] = parse(text, { delimiter: by, from_line: 2, record_delimiter: ['\r\n', '\n', '\r'] });
        const outcome = await read(text);
        expect(outcome.records.map(({ values }) => values.map((cell) => cell ?? ''))).toEqual(peer);
      }),
      { numRuns: 200 },
    );
  });

  it('goes to pieces for several threads unless a value holds a quote or a line end', async () => {
    const places = ['Boston, MA', 'plain', 'seen by ""Bob""', 'two\nlines'];
    const rows = Array.from({ length: 40_000 }, (_, index) => `${index},"${places[index % 4]}",x${index}\n`);
    const { pieces, records } = await read(`id,place,last\n${rows.join('')}`);
    expect(pieces.map(({ multiline, rows: count }) => [multiline, count])).toEqual([
      [false, 20_000],
      [true, 20_000],
    ]);
    expect(records.slice(0, 4).map(({ values }) => values[1])).toEqual([
      'Boston, MA',
      'plain',
      'seen by "Bob"',
      'two\nlines',
    ]);
  });
});
