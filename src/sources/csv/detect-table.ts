// Which table of the catalog a file with this header holds.
import { tables } from '../../catalog/catalog.js';
import type { Table } from '../../catalog/field.js';
import { spelling } from '../../catalog/spelling.js';
import type { Fault } from '../../errors.js';
import type { IngestOptions } from '../source.js';
import type { TextHead } from '../text/head.js';
import { type HeaderMatch, mappingUnfit, matchHeader } from './match-header.js';

export type Detection = { readonly table: Table } | { readonly fault: Fault & { readonly file: string } };

/**
 * The table of which the header names the most fields; among equals the one whose needed columns are all there, then the
 * one that the file is named for. Else why there is none.
 * @throws MAPPING_INVALID where the mapping file names columns of that table which this header does not have; what it says
 * of other tables is for other files.
 */
export function detectTable(head: TextHead, { as, mapping }: IngestOptions): Detection {
  const candidates = Object.values(tables)
    .filter((table) => as === undefined || table.name === as)
    .map((table) => ({ table, match: matchHeader(head.columns, table, mapping) }));
  const isNamed = ({ table }: Candidate) => spelling(head.file.split('/').at(-1) ?? '').includes(spelling(table.name));
  const best = narrow(
    narrow(
      narrow(candidates, ({ match }) => match.fields.size + match.ambiguous.length),
      ({ match }) => (match.missing.length === 0 ? 1 : 0),
    ),
    (candidate) => (isNamed(candidate) ? 1 : 0),
  );
  const [chosen, rival] = best;
  const fault = (message: string) => ({ fault: { file: head.file, line: head.headerLines, message } });
  if (!chosen) return fault(`"${as}" is no table; there are ${Object.keys(tables).join(', ')}`);
  if (chosen.match.misfits.length > 0) {
    throw mappingUnfit(
      chosen.table,
      chosen.match.misfits.map((misfit) => ({ ...misfit, file: head.file })),
    );
  }
  const [double] = chosen.match.ambiguous;
  const isDouble = ({ match }: Candidate) => match.ambiguous.some(({ field }) => field === double?.field);
  if (double && best.every(isDouble)) {
    const columns = double.columns.map((column) => JSON.stringify(column)).join(' and ');
    return fault(`the columns ${columns} both mean ${double.field}; say which with a mapping file (--map)`);
  }
  if (chosen.match.fields.size === 0 || chosen.match.missing.length > 0) return fault(whyNot(head, chosen));
  if (rival) return fault(`could be ${best.map(({ table }) => table.name).join(' or ')}; say which with --as`);
  return { table: chosen.table };
}

interface Candidate {
  readonly table: Table;
  readonly match: HeaderMatch;
}

/** Those that reach the highest rank. */
function narrow(candidates: readonly Candidate[], rank: (candidate: Candidate) => number): Candidate[] {
  const highest = Math.max(...candidates.map(rank));
  return candidates.filter((candidate) => rank(candidate) === highest);
}

function whyNot({ columns }: TextHead, { table, match }: Candidate): string {
  const found = columns
    .slice(0, 8)
    .map((column) => JSON.stringify(column))
    .join(', ');
  const more = columns.length > 8 ? ` and ${columns.length - 8} more` : '';
  if (match.fields.size === 0) {
    return `its first line names no known column (${found}${more}); add a header line, or name the columns by position with --map`;
  }
  const missing = match.missing.map((group) => group.join(' or ')).join(', ');
  return `read as ${table.name}, it has no column for ${missing} (found: ${found}${more}); rename the column, map it with --map, or say the table with --as`;
}
