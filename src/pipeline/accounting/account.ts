// The account of every file of a run, and the proof that nothing is lost.
import { CarelakeError, type Fault } from '../../errors.js';
import type { Batch, BatchFile } from '../batch.js';
import type { DispositionRow } from './dispositions.js';

export interface Dispositions {
  readonly used: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly not_used: number;
}

/** In physical lines: `header + blank + used + duplicates + rejected + not_used = lines`. */
export interface LineAccount extends Dispositions {
  readonly lines: number;
  readonly header: number;
  readonly blank: number;
}

/** One file, in records and, where its format has them, in lines. */
export interface FileAccount extends Partial<LineAccount> {
  readonly file: string;
  readonly source: string;
  readonly batch: number;
  readonly records: Dispositions & { readonly total: number };
}

/**
 * Accounts for every file of these batches.
 * @throws ACCOUNT_OPEN naming every file whose lines or records do not add up: the run must not be published.
 */
export function account(batches: readonly Batch[], rows: readonly DispositionRow[]): FileAccount[] {
  const byFile = new Map<string, DispositionRow[]>();
  for (const row of rows) {
    const key = `${row.batch}/${row.file}`;
    byFile.set(key, [...(byFile.get(key) ?? []), row]);
  }
  const accounts = batches.flatMap((batch) =>
    batch.files.map((file) => accountOf(batch, file, byFile.get(`${batch.sequence}/${file.name}`) ?? [])),
  );
  prove(accounts);
  const known = new Set(batches.flatMap(({ sequence, files }) => files.map(({ name }) => `${sequence}/${name}`)));
  const strange = [...byFile.keys()].filter((key) => !known.has(key));
  if (strange.length > 0) {
    throw new CarelakeError('ACCOUNT_OPEN', `The tables hold rows of files that no batch has: ${strange.join(', ')}.`);
  }
  return accounts;
}

function accountOf(batch: Batch, file: BatchFile, rows: readonly DispositionRow[]): FileAccount {
  const sum = (disposition: DispositionRow['disposition'], unit: 'records' | 'lines'): number =>
    rows.filter((row) => row.disposition === disposition).reduce((total, row) => total + Number(row[unit] ?? 0), 0);
  return {
    file: file.name,
    source: batch.source,
    batch: batch.sequence,
    ...(file.lines !== null && {
      lines: file.lines,
      header: file.header,
      blank: file.blank,
      used: sum('used', 'lines'),
      duplicates: sum('duplicate', 'lines'),
      rejected: sum('rejected', 'lines') + file.rejectedLines,
      not_used: sum('not_used', 'lines'),
    }),
    records: {
      total: file.records + file.rejected,
      used: sum('used', 'records'),
      duplicates: sum('duplicate', 'records'),
      rejected: sum('rejected', 'records') + file.rejected,
      not_used: sum('not_used', 'records'),
    },
  };
}

/** Whether the format of the file has lines. */
export const hasLines = (account: FileAccount): account is FileAccount & LineAccount => account.lines !== undefined;

/** @throws ACCOUNT_OPEN naming every file whose lines or records do not add up. */
export function prove(accounts: readonly FileAccount[]): void {
  const faults: Fault[] = [];
  for (const account of accounts) {
    const { file, records } = account;
    if (hasLines(account)) {
      const { lines, header, blank, used, duplicates, rejected, not_used } = account;
      const ended = used + duplicates + rejected + not_used;
      if (header + blank + ended !== lines) {
        const message = `has ${lines} lines; accounted for are ${header} of header, ${blank} blank and ${ended} of records`;
        faults.push({ file, message });
      }
    }
    const total = records.used + records.duplicates + records.rejected + records.not_used;
    if (total !== records.total) {
      faults.push({ file, message: `has ${records.total} records; accounted for are ${total}` });
    }
  }
  if (faults.length > 0) {
    const list = faults.map(({ file, message }) => `${file} ${message}`).join('; ');
    throw new CarelakeError('ACCOUNT_OPEN', `The records do not add up: ${list}.`, { faults });
  }
}
