// What the page writes as CSV: any reader gets back what stood there, and no spreadsheet takes a text for a formula.
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unarmed } from '../../../src/analytics/export/formula.js';
import { type CsvCell, csvText } from '../../../web/downloads/csv.js';

const read = (text: string): string[][] => parse(text, { bom: true, record_delimiter: '\r\n' });

describe('CSV of the page', () => {
  test('has a heading, CRLF and the byte order mark by which Excel knows UTF-8', () => {
    expect(csvText(['Größe', 'n'], [['a, "b"', 1.5]])).toBe('\ufeffGröße,n\r\n"a, ""b""",1.5\r\n');
  });

  test.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1', '－1', '-1.2.3', '+1+1'])(
    'puts an apostrophe before %j',
    (text) => {
      expect(read(csvText(['Location'], [[text]]))[1]).toEqual([`'${text}`]);
    },
  );

  test.each<[CsvCell, string]>([
    [-12.5, '-12.5'],
    ['-12.5', '-12.5'],
    ['+49', '+49'],
    [null, ''],
    ['a=b', 'a=b'],
  ])('leaves %j as it is', (value, written) => {
    expect(read(csvText(['x', 'y'], [[value, 'end']]))[1]).toEqual([written, 'end']);
  });

  test('gives back every text, but for the apostrophe, and no cell begins a formula', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.double({ noNaN: true })), { minLength: 1 }),
        (rows) => {
          const [, ...back] = read(csvText(['text', 'number'], rows));
          expect(
            back.map(([text = '', number]) => [text.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ''), Number(number)]),
          ).toEqual(
            rows.map(([text, number]) => [text.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ''), number === 0 ? 0 : number]),
          );
          for (const [at, [text = '']] of back.entries()) expect(text).toBe(unarmed(rows[at]?.[0]));
        },
      ),
    );
  });
});
