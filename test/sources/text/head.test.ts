// What the first bytes of a file tell: encoding, delimiter, header; and which files are refused.
import { describe, expect, it } from 'vitest';
import { readHead } from '../../../src/sources/text/head.js';
import { read } from './reading.js';

const headOf = (text: string | Buffer) => readHead('x.csv', Buffer.from(text), true);
const code = (expected: string, message: RegExp) =>
  expect.objectContaining({ code: expected, message: expect.stringMatching(message) });

describe('the delimiter', () => {
  it.each([
    ['id,name\n1,Ann\n', ',', ['id', 'name']],
    ['id;name;weight\n1;Ann;65,5\n2;Bob;70,1\n', ';', ['id', 'name', 'weight']],
    ['id;weight, kg\n1;65,5\n2;70,1\n3;4\n', ';', ['id', 'weight, kg']],
    ['id\tname\n1\tAnn, MD\n', '\t', ['id', 'name']],
    ['id|name\n1|x;y\n', '|', ['id', 'name']],
    ['"a;b","c;d"\n1,2\n', ',', ['a;b', 'c;d']],
    ['"a;b",c\n"1;2;3",2\n', ',', ['a;b', 'c']],
    ['id\n1\n', ',', ['id']],
    ['id;name', ';', ['id', 'name']],
  ])('of %j is found', (text, delimiter, columns) => {
    expect(headOf(text)).toMatchObject({ delimiter, columns });
  });
});

describe('the header', () => {
  it('is trimmed and unquoted; repeated, missing and empty names stay as they are', () => {
    expect(headOf(' id , "" ,id,,"say ""x"""\n').columns).toEqual(['id', '""', 'id', '', 'say "x"']);
  });

  it('may follow blank lines and span lines', async () => {
    const outcome = await read('\n  \r\nid,"the\nname"\r\n1,2\n');
    expect(outcome.head).toMatchObject({ columns: ['id', 'the\nname'], headerLines: 2, blankLines: 2 });
    expect(outcome.records).toEqual([{ row: 1, line: 5, lines: 1, values: ['1', '2'] }]);
    expect(outcome.summary).toMatchObject({ lines: 5, header: 2, blank: 2 });
  });

  it('may be all that there is', async () => {
    for (const end of ['', '\n', '\r\n', '\r']) {
      const outcome = await read(`id,name${end}`);
      expect(outcome.summary).toMatchObject({ lines: 1, header: 1, records: 0, encoding: 'utf-8' });
      expect(outcome.pieces).toEqual([]);
    }
  });

  it('may have 10,000 columns', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `c${index}`);
    const outcome = await read(`${names.join(',')}\n${names.join(',')}\n1,2\n`);
    expect(outcome.head.columns).toEqual(names);
    expect(outcome.records[0]?.values).toEqual(names);
    expect(outcome.rejects).toMatchObject([{ line: 3, reason: 'too_few_fields' }]);
  });

  it('that does not end within the first bytes is refused', () => {
    expect(() => readHead('x.csv', Buffer.alloc(1024 * 1024, 'x'), false)).toThrow(
      code('HEADER_TOO_LONG', /^x\.csv: no header/),
    );
  });

  it('with a broken quote is refused with its line', () => {
    expect(() => headOf('\nid,"name\n1,2\n')).toThrow(
      code('HEADER_UNREADABLE', /x\.csv, line 2: a quote is never closed/),
    );
    expect(() => headOf('"id"x,name\n')).toThrow(code('HEADER_UNREADABLE', /text follows/));
  });
});

describe('what is no text', () => {
  it.each(['', '\n\n', '  \n', '\ufeff', '\ufeff\n'])('%j is refused as empty', (text) => {
    expect(() => headOf(text)).toThrow(code('FILE_EMPTY', /^x\.csv holds/));
  });

  it('is refused with what it seems to be', () => {
    const binary = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256));
    expect(() => headOf(binary)).toThrow(code('FILE_NOT_TEXT', /binary/));
    expect(() => headOf('PK\x03\x04\x14')).toThrow(code('FILE_NOT_TEXT', /save the sheet as CSV/));
    expect(() => headOf(Buffer.from('id,name\n1,Ann\n', 'utf16le'))).toThrow(code('FILE_NOT_TEXT', /UTF-16 without/));
    expect(() => headOf('id,na\0me\n1,2\n')).toThrow(code('FILE_NOT_TEXT', /line 1: the header holds a NUL/));
  });

  it('is not a text with a stray NUL', () => {
    expect(headOf('id,name\n1,\0\n').columns).toEqual(['id', 'name']);
  });
});
