// The proof that nothing is lost: every way in which a file may not add up stops the run.
import { describe, expect, test } from 'vitest';
import { account } from '../../../src/pipeline/accounting/account.js';
import type { DispositionRow } from '../../../src/pipeline/accounting/dispositions.js';
import type { Batch, BatchFile } from '../../../src/pipeline/batch.js';

const file: BatchFile = {
  name: 'visits.csv',
  sha256: '0'.repeat(64),
  inside: '',
  bytes: 100,
  encoding: 'utf-8',
  rawTable: 'visits',
  part: 0,
  // a header, a blank line, 5 records on 7 lines, 1 unreadable record on 2
  lines: 11,
  header: 1,
  blank: 1,
  records: 5,
  recordLines: 7,
  rejected: 1,
  rejectedLines: 2,
};
const batchOf = (...files: BatchFile[]): Batch => ({
  format: 1,
  sequence: 3,
  id: 'abc',
  from: 'csv',
  readerVersion: 1,
  source: 'default',
  mode: 'upsert',
  landedAt: '2024-06-15T12:00:00.000Z',
  landed: '2024-06-15',
  by: 'test',
  tables: [],
  files,
  rejects: [],
});
type Ended = [disposition: DispositionRow['disposition'], records: number, lines: number | null];
const rowsOf = (...ended: Ended[]): DispositionRow[] =>
  ended.map(([disposition, records, lines]) => ({
    batch: 3,
    file: 'visits.csv',
    disposition,
    reason: null,
    records,
    lines,
  }));

const whole: Ended[] = [
  ['used', 2, 4],
  ['duplicate', 1, 1],
  ['rejected', 1, 1],
  ['not_used', 1, 1],
];

test('a file whose records all ended somewhere is accounted for in lines and in records', () => {
  expect(account([batchOf(file)], rowsOf(...whole))).toEqual([
    {
      file: 'visits.csv',
      source: 'default',
      batch: 3,
      lines: 11,
      header: 1,
      blank: 1,
      used: 4,
      duplicates: 1,
      rejected: 3,
      not_used: 1,
      records: { total: 6, used: 2, duplicates: 1, rejected: 2, not_used: 1 },
    },
  ]);
});

describe('the account is open', () => {
  const changed = (at: number, row: Ended): Ended[] => whole.map((one, index) => (index === at ? row : one));

  test.each<[why: string, rows: Ended[]]>([
    ['a record ended nowhere', whole.slice(1)],
    ['a record ended twice', [...whole, ['used', 1, 1]]],
    ['a line is missing though the records are all there', changed(0, ['used', 2, 3])],
    ['a line too many', changed(1, ['duplicate', 1, 2])],
    ['a record is missing though the lines add up', changed(3, ['not_used', 0, 1])],
    ['the lines of a record are not known', changed(2, ['rejected', 1, null])],
    ['no record of the file ended anywhere', []],
  ])('where %s', (_, rows) => {
    expect(() => account([batchOf(file)], rowsOf(...rows))).toThrow(
      expect.objectContaining({
        code: 'ACCOUNT_OPEN',
        faults: expect.arrayContaining([expect.objectContaining({ file: 'visits.csv' })]),
      }),
    );
  });

  test('where rows come from a file or a batch that there is not', () => {
    const strange = rowsOf(['used', 1, 1]).map((row) => ({ ...row, file: 'other.csv' }));
    expect(() => account([batchOf(file)], [...rowsOf(...whole), ...strange])).toThrow(
      expect.objectContaining({ code: 'ACCOUNT_OPEN', message: expect.stringContaining('other.csv') }),
    );
    const elsewhere = rowsOf(['used', 1, 1]).map((row) => ({ ...row, batch: 4 }));
    expect(() => account([batchOf(file)], [...rowsOf(...whole), ...elsewhere])).toThrow(
      expect.objectContaining({ code: 'ACCOUNT_OPEN' }),
    );
  });

  test('and every file at fault is named', () => {
    const files = [file, { ...file, name: 'a.csv' }, { ...file, name: 'b.csv' }];
    expect(() => account([batchOf(...files)], rowsOf(...whole))).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/a\.csv has 11 lines.*b\.csv has 11 lines/) }),
    );
  });
});
