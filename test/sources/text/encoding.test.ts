// Every encoding that a hospital's file comes in arrives as the same text.
import { describe, expect, it } from 'vitest';
import { read } from './reading.js';

const text = 'id;Größe\r\n1;Müller 😀\r\n2;"Ångström; ""x""\n€"\r\n';
const records = [
  { row: 1, line: 2, lines: 1, values: ['1', 'Müller 😀'] },
  { row: 2, line: 3, lines: 2, values: ['2', 'Ångström; "x"\n€'] },
];
const swapped = (buffer: Buffer) => Buffer.from(buffer).swap16();

describe('a text', () => {
  it.each([1, 3, 1000])('in UTF-8 and UTF-16 reads alike, in chunks of %i', async (chunk) => {
    const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const [bytes, encoding] of [
      [Buffer.from(text), 'utf-8'],
      [Buffer.from(`\ufeff${text}`), 'utf-8'],
      [wide, 'utf-16le'],
      [swapped(wide), 'utf-16be'],
    ] as const) {
      const outcome = await read(bytes, { chunk });
      expect(outcome.summary).toMatchObject({ encoding, bytes: bytes.length, lines: 4 });
      expect(outcome.head.columns).toEqual(['id', 'Größe']);
      expect(outcome.records).toEqual(records);
    }
  });

  it('in windows-1252 is told by its bytes', async () => {
    const bytes = Buffer.from('id,Gr\xf6\xdfe\n1,M\xfcller \x80\n2,"\x93x\x94, ""y"""\n3,plain\n', 'latin1');
    const outcome = await read(bytes);
    expect(outcome.head.columns).toEqual(['id', 'Größe']);
    expect(outcome.summary.encoding).toBe('windows-1252');
    expect(outcome.records.map(({ values }) => values[1])).toEqual(['Müller €', '“x”, "y"', 'plain']);
  });

  it('of records in different encodings is read record by record', async () => {
    const bytes = Buffer.concat([
      Buffer.from('id,name\n1,Müller\n2,'),
      Buffer.from('M\xfcller\n', 'latin1'),
      Buffer.from('3,漢\nbad é\n'),
    ]);
    const outcome = await read(bytes);
    expect(outcome.summary.encoding).toBe('mixed');
    expect(outcome.records.map(({ values }) => values[1])).toEqual(['Müller', 'Müller', '漢']);
    expect(outcome.rejects[0]?.text).toBe('bad é');
  });

  it('gives each byte of windows-1252 the character that the Encoding Standard gives it', async () => {
    const upper = Buffer.from(Array.from({ length: 128 }, (_, index) => 128 + index));
    const outcome = await read(Buffer.concat([Buffer.from('a,b\n1,'), upper, Buffer.from('\n')]));
    expect(outcome.records[0]?.values[1]).toBe(
      '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ' +
        '\xa0¡¢£¤¥¦§¨©ª«¬\xad®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ',
    );
  });
});

describe('line ends', () => {
  it.each(['\n', '\r\n', '\r'])('of %j are all a line', async (end) => {
    const outcome = await read(`id,name${end}1,Ann${end}${end}2,Bob`, { chunk: 1 });
    expect(outcome.records.map(({ line, values }) => [line, values[1]])).toEqual([
      [2, 'Ann'],
      [4, 'Bob'],
    ]);
    expect(outcome.summary).toMatchObject({ lines: 4, blank: 1 });
  });

  it('may be mixed in one file', async () => {
    const outcome = await read('id,name\r\n1,a\r2,b\n3,c\r\r\n4,d\n\r5,e', { chunk: 2 });
    expect(outcome.records.map(({ line, values }) => [line, values[1]])).toEqual([
      [2, 'a'],
      [3, 'b'],
      [4, 'c'],
      [6, 'd'],
      [8, 'e'],
    ]);
    expect(outcome.summary).toMatchObject({ lines: 8, blank: 2 });
  });
});

describe('cells', () => {
  it('that look like formulas, comments or escapes are data', async () => {
    const cells = ['=1+1', '@SUM(A1)', '+1', '-1', '#x', '\\N', "'", '$(reboot)', '\\"', ' lead', 'trail '];
    const outcome = await read(`id,cell\n${cells.map((cell, index) => `${index},${cell}\n`).join('')}`);
    expect(outcome.records.map(({ values }) => values[1])).toEqual(cells);
  });
});
