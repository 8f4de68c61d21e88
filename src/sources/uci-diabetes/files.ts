// Which files are the UCI set's: diabetic_data.csv by its columns, IDs_mapping.csv by its header.
import { CarelakeError, type Fault } from '../../errors.js';
import type { FilePlan } from '../source.js';
import type { TextHead } from '../text/head.js';
import { neededColumns, positionOf, signature } from './columns.js';

const codesHeader = ['admission_type_id', 'description'];

/** Whether any of the files is the set's file of encounters. */
export function recognises(heads: readonly TextHead[]): boolean {
  return heads.some(isEncounters);
}

/**
 * Encounters into the raw table `encounters`, the code tables into `codes`. Both are needed, the code tables once: two
 * of them could give an id two meanings. UCI_FILE_UNKNOWN, UCI_ENCOUNTERS_MISSING, UCI_CODES_MISSING, UCI_CODES_TWICE
 * or UCI_COLUMN_MISSING otherwise, with a fault for each file concerned.
 */
export function plan(heads: readonly TextHead[]): FilePlan[] {
  const encounters = heads.filter(isEncounters);
  const codes = heads.filter(isCodes);
  const others = heads.filter((head) => !isEncounters(head) && !isCodes(head));
  if (others.length > 0) {
    throw new CarelakeError('UCI_FILE_UNKNOWN', `${names(others)}: neither diabetic_data.csv nor IDs_mapping.csv.`, {
      faults: others.map(({ file }) => ({
        file,
        message: 'The header is neither that of the encounters nor of the codes.',
      })),
    });
  }
  if (encounters.length === 0) {
    throw new CarelakeError(
      'UCI_ENCOUNTERS_MISSING',
      `No file with the columns ${signature.join(', ')} among: ${names(heads)}.`,
    );
  }
  if (codes.length === 0) {
    throw new CarelakeError(
      'UCI_CODES_MISSING',
      `No file with the header ${codesHeader.join(',')} beside ${names(encounters)}.`,
    );
  }
  if (codes.length > 1) {
    throw new CarelakeError('UCI_CODES_TWICE', `The code tables came ${codes.length} times: ${names(codes)}.`, {
      faults: codes.map(({ file }) => ({ file, message: 'One of several files of code tables.' })),
    });
  }
  const faults = encounters.flatMap(missingColumns);
  if (faults.length > 0) {
    const columns = [...new Set(faults.map(({ field }) => field))].join(', ');
    throw new CarelakeError('UCI_COLUMN_MISSING', `Columns missing in ${names(encounters)}: ${columns}.`, { faults });
  }
  return heads.map((head) => ({ file: head.file, rawTable: isCodes(head) ? 'codes' : 'encounters' }));
}

function isEncounters({ columns }: TextHead): boolean {
  return signature.every((column) => positionOf(columns, column) >= 0);
}

function isCodes({ columns }: TextHead): boolean {
  return columns.length === codesHeader.length && codesHeader.every((name, at) => columns[at]?.toLowerCase() === name);
}

function missingColumns({ file, columns }: TextHead): Fault[] {
  return neededColumns
    .filter((column) => positionOf(columns, column) < 0)
    .map((field) => ({ file, line: 1, field, message: `The header has no column ${field}.` }));
}

function names(heads: readonly TextHead[]): string {
  return heads.map(({ file }) => file).join(', ');
}
