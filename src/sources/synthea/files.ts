// Which files are those of a Synthea export, and what the user should know where some are missing.
import { CarelakeError, type Fault } from '../../errors.js';
import type { FilePlan } from '../source.js';
import type { TextHead } from '../text/head.js';
import { exportFiles, type Kind, kinds, type SyntheaFile } from './export-files.js';

/** Whether any of the files is one of the export's, by its header; a name alone says nothing. */
export function recognises(heads: readonly TextHead[]): boolean {
  return heads.some((head) => {
    const kind = kindOf(head);
    return kind !== undefined && missingColumns(head, kind).length === 0;
  });
}

/**
 * Each file into the raw table of its kind; no file is needed, and several of a kind are read as one. SYNTHEA_FILE_UNKNOWN
 * or SYNTHEA_COLUMN_MISSING otherwise, with a fault for each file or column concerned.
 */
export function plan(heads: readonly TextHead[]): FilePlan[] {
  const plans: FilePlan[] = [];
  const unknown: TextHead[] = [];
  const faults: (Fault & { readonly field: string })[] = [];
  for (const head of heads) {
    const kind = kindOf(head);
    if (kind === undefined) unknown.push(head);
    else {
      plans.push({ file: head.file, rawTable: kind });
      faults.push(...missingColumns(head, kind));
    }
  }
  if (unknown.length > 0) {
    throw new CarelakeError(
      'SYNTHEA_FILE_UNKNOWN',
      `${unknown.map(({ file }) => file).join(', ')}: none of the files of a Synthea export.`,
      {
        faults: unknown.map(({ file }) => ({
          file,
          message: 'Neither the name nor the header is that of the export.',
        })),
      },
    );
  }
  if (faults.length > 0) {
    const columns = faults.map(({ file, field }) => `${field} in ${file}`).join(', ');
    throw new CarelakeError('SYNTHEA_COLUMN_MISSING', `Columns missing: ${columns}.`, { faults });
  }
  return plans;
}

/** What follows from files of the export that are not among these. */
export function remarks(heads: readonly TextHead[]): string[] {
  const there = new Set(heads.map(kindOf));
  return kinds.flatMap((kind) => {
    const { without }: SyntheaFile = exportFiles[kind];
    return there.has(kind) || without === undefined ? [] : [`Without ${kind}.csv among these files ${without}.`];
  });
}

/**
 * The kind whose header this is: all columns that the kind needs and none that it does not have. Else, for headers of a
 * later release or with a column lost, the kind that the file is named for.
 */
function kindOf({ file, columns }: TextHead): Kind | undefined {
  const byHeader = kinds.find((kind) => {
    const { columns: known, needed } = exportFiles[kind];
    return isWithin(needed, columns) && isWithin(columns, known);
  });
  const name = (file.split('/').at(-1) ?? '').replace(/([.](csv|tsv|txt))?([.]gz)?$/i, '').toLowerCase();
  return byHeader ?? kinds.find((kind) => kind === name);
}

function missingColumns({ file, columns, headerLines }: TextHead, kind: Kind): (Fault & { readonly field: string })[] {
  return exportFiles[kind].needed
    .filter((column) => !columns.includes(column))
    .map((field) => ({ file, line: headerLines, field, message: `The header has no column ${field}.` }));
}

const isWithin = (some: readonly string[], all: readonly string[]): boolean => some.every((name) => all.includes(name));
