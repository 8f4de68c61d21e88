// Files as they should not be that land all the same: what each holds, and what becomes of every line of it.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const header = 'visit_id,patient_id,visit_date,diagnosis_description\n';
export const row = (id: string, text = 'fever') => `${id},p1,2024-01-05,${text}\n`;
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const latin = (text: string) => Buffer.from(text, 'latin1');

export interface Expected {
  readonly content: Buffer | string;
  readonly encoding?: string;
  /** Physical lines: header, blank, used, duplicates, rejected. */
  readonly lines: readonly [header: number, blank: number, used: number, duplicates: number, rejected: number];
  /** Line and code of every flaw for which a record was rejected. */
  readonly rejects?: readonly (readonly [line: number, code: string])[];
  /** Id and text of the visits that are published from it. */
  readonly published: Readonly<Record<string, string | null>>;
}

const plain = (...ids: readonly string[]): Record<string, string> => Object.fromEntries(ids.map((id) => [id, 'fever']));
const wide = Array.from({ length: 9_996 }, (_, n) => `extra${n}`);

export const landing: Readonly<Record<string, Expected>> = {
  'header-only.csv': { content: header, lines: [1, 0, 0, 0, 0], published: {} },
  'header-alone.csv': { content: header.trim(), lines: [1, 0, 0, 0, 0], published: {} },
  'no-end.csv': { content: header + row('noend').trim(), lines: [1, 0, 1, 0, 0], published: plain('noend') },
  'blank-lines.csv': {
    content: `\n \n${header}\n${row('bl1')}   \n\t\n${row('bl2')}\n\n`,
    lines: [1, 7, 2, 0, 0],
    published: plain('bl1', 'bl2'),
  },
  'nul.csv': {
    content: header + row('nul1') + row('nul2', 'a\0b') + row('nul3'),
    lines: [1, 0, 2, 0, 1],
    rejects: [[3, 'nul_byte']],
    published: plain('nul1', 'nul3'),
  },
  'utf-8-mark.csv': {
    content: `\ufeff${header}${row('bom', 'größer 漢')}`,
    encoding: 'utf-8',
    lines: [1, 0, 1, 0, 0],
    published: { bom: 'größer 漢' },
  },
  'utf-16le.csv': {
    content: utf16(header + row('le', 'größer 漢 😀')),
    encoding: 'utf-16le',
    lines: [1, 0, 1, 0, 0],
    published: { le: 'größer 漢 😀' },
  },
  'utf-16be.csv': {
    content: utf16(header + row('be', 'größer 漢')).swap16(),
    encoding: 'utf-16be',
    lines: [1, 0, 1, 0, 0],
    published: { be: 'größer 漢' },
  },
  'windows-1252.csv': {
    content: latin(header + row('w1', 'caf\xe9 \x80 \x93x\x94')),
    encoding: 'windows-1252',
    lines: [1, 0, 1, 0, 0],
    published: { w1: 'café € “x”' },
  },
  'mixed-encodings.csv': {
    content: Buffer.concat([
      Buffer.from(header + row('m1', 'größer')),
      latin(row('m2', 'gr\xf6\xdfer')),
      Buffer.from(row('m3', '漢')),
    ]),
    encoding: 'mixed',
    lines: [1, 0, 3, 0, 0],
    published: { m1: 'größer', m2: 'größer', m3: '漢' },
  },
  'cr.csv': {
    content: (header + row('cr1') + row('cr2')).replaceAll('\n', '\r'),
    lines: [1, 0, 2, 0, 0],
    published: plain('cr1', 'cr2'),
  },
  'crlf.csv': {
    content: (header + row('crlf1') + row('crlf2')).replaceAll('\n', '\r\n'),
    lines: [1, 0, 2, 0, 0],
    published: plain('crlf1', 'crlf2'),
  },
  'mixed-ends.csv': {
    content: `${header.trim()}\r\n${row('me1').trim()}\r${row('me2').trim()}\n${row('me3').trim()}\r\n\r\n${row('me4').trim()}`,
    lines: [1, 1, 4, 0, 0],
    published: plain('me1', 'me2', 'me3', 'me4'),
  },
  'tabs.tsv': {
    content: (header + row('tab', 'a')).replaceAll(',', '\t'),
    lines: [1, 0, 1, 0, 0],
    published: { tab: 'a' },
  },
  'bars.txt': {
    content: (header + row('bar', 'a; b, c')).replaceAll(/,(?! )/g, '|'),
    lines: [1, 0, 1, 0, 0],
    published: { bar: 'a; b, c' },
  },
  'quote-middle.csv': {
    content: header + row('qm1') + row('qm2', '"never closed') + row('qm3') + row('qm4', '"closed"') + row('qm5'),
    lines: [1, 0, 4, 0, 1],
    rejects: [[3, 'quote_unterminated']],
    published: { ...plain('qm1', 'qm3', 'qm5'), qm4: 'closed' },
  },
  'quote-end.csv': {
    content: header + row('qe1') + row('qe2', '"never closed'),
    lines: [1, 0, 1, 0, 1],
    rejects: [[3, 'quote_unterminated']],
    published: plain('qe1'),
  },
  'quote-end-bare.csv': {
    content: header + row('qb1') + row('qb2', '"never closed').trim(),
    lines: [1, 0, 1, 0, 1],
    rejects: [[3, 'quote_unterminated']],
    published: plain('qb1'),
  },
  'quote-alone.csv': {
    content: `${header}${row('qa1')}"`,
    lines: [1, 0, 1, 0, 1],
    rejects: [[3, 'quote_unterminated']],
    published: plain('qa1'),
  },
  'text-after-quote.csv': {
    content: header + row('ta1', '"fever" high') + row('ta2'),
    lines: [1, 0, 1, 0, 1],
    rejects: [[2, 'text_after_quote']],
    published: plain('ta2'),
  },
  'several-lines.csv': {
    content: header + row('sl1', '"fever\nfor\r\n3 days, ""high"""') + row('sl2'),
    lines: [1, 0, 4, 0, 0],
    published: { sl1: 'fever\nfor\r\n3 days, "high"', sl2: 'fever' },
  },
  'ragged.csv': {
    content: `${header}rg1,p1,2024-01-05\n${row('rg2')}rg3,p1,2024-01-05,fever,more\nrg4\n${row('rg5')}`,
    lines: [1, 0, 2, 0, 3],
    rejects: [
      [2, 'too_few_fields'],
      [4, 'too_many_fields'],
      [5, 'too_few_fields'],
    ],
    published: plain('rg2', 'rg5'),
  },
  'header-again.csv': {
    content: header + row('ha1') + header + row('ha2'),
    lines: [1, 0, 2, 0, 1],
    rejects: [[3, 'not_a_date']],
    published: plain('ha1', 'ha2'),
  },
  'unknown-twice.csv': {
    content: `visit_id,patient_id,visit_date,note,note\nut1,p1,2024-01-05,a,b\n`,
    lines: [1, 0, 1, 0, 0],
    published: { ut1: null },
  },
  'unnamed.csv': {
    content: `visit_id,patient_id,visit_date,,\nun1,p1,2024-01-05,a,b\n`,
    lines: [1, 0, 1, 0, 0],
    published: { un1: null },
  },
  'too-few-names.csv': {
    content: `visit_id,patient_id,visit_date\ntn1,p1,2024-01-05,fever\n`,
    lines: [1, 0, 0, 0, 1],
    rejects: [[2, 'too_many_fields']],
    published: {},
  },
  'wide.csv': {
    content: `${header.trim()},${wide}\n${row('wide').trim()},${wide}\nshort,p1\n`,
    lines: [1, 0, 1, 0, 1],
    rejects: [[3, 'too_few_fields']],
    published: plain('wide'),
  },
  'formula.csv': {
    content: `${header + row('=1+1', '"=cmd|\' /C calc\'!A0"') + row('@SUM(A1)', '+1')}fx,p1,=TODAY(),-1\n`,
    lines: [1, 0, 2, 0, 1],
    rejects: [[4, 'not_a_date']],
    published: { '=1+1': "=cmd|' /C calc'!A0", '@SUM(A1)': '+1' },
  },
  'sql.csv': {
    content: header + row("x'; drop table visits; --", "'' || $1 || :key") + row('$HOME', '$(id) `id` %s \\x41'),
    lines: [1, 0, 2, 0, 0],
    published: { "x'; drop table visits; --": "'' || $1 || :key", $HOME: '$(id) `id` %s \\x41' },
  },
  'twice.csv': { content: header + row('tw') + row('tw', 'cough'), lines: [1, 0, 1, 1, 0], published: { tw: 'cough' } },
  'it\'s "quoted".csv': { content: header + row('name1'), lines: [1, 0, 1, 0, 0], published: plain('name1') },
  '$(touch stolen) `touch stolen`.csv': {
    content: header + row('name2'),
    lines: [1, 0, 1, 0, 0],
    published: plain('name2'),
  },
  'two\nlines.csv': { content: header + row('name3'), lines: [1, 0, 1, 0, 0], published: plain('name3') },
  '-rf.csv': { content: header + row('name4'), lines: [1, 0, 1, 0, 0], published: plain('name4') },
  "*'; drop table visits; --.csv": {
    content: header + row('name5'),
    lines: [1, 0, 1, 0, 0],
    published: plain('name5'),
  },
  '\u001b[31mred.csv': { content: header + row('name6'), lines: [1, 0, 1, 0, 0], published: plain('name6') },
};

/** All of them in a folder that is not there yet; every one is a file of visits. */
export async function writeCorpus(folder: string): Promise<void> {
  await mkdir(folder);
  for (const [name, { content }] of Object.entries(landing)) await writeFile(join(folder, name), content);
}
