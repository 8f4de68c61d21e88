// Strikes one record, with one of the kinds that apply to it.
import type { Random } from '../random.js';
import { headers } from '../rows.js';
import type { DefectKind, Injection, StruckTable, Target } from './defect.js';
import { kindsByTable } from './kinds.js';

export interface Struck {
  readonly kind: DefectKind;
  readonly injection: Injection;
  /** The id of the record, as it would be without the defect. */
  readonly key: string;
}

/**
 * What becomes of one record; `row` is its clean line. The numbers drawn come from the patient's stream for defects, so
 * the clean rows are the same whatever the rate.
 */
export function strike(
  random: Random,
  table: StruckTable,
  row: string,
  subject: Pick<Target, 'course' | 'visit' | 'prescription' | 'until'>,
): Struck {
  const fields = splitRow(row);
  const header: readonly string[] = headers[table];
  const at = (field: string): number => {
    const index = header.indexOf(field);
    if (index < 0) throw new RangeError(`${table} has no column ${field}`);
    return index;
  };
  const target: Target = { ...subject, random, fields, at };
  const kind = drawKind(table, target);
  return { kind, injection: kind.inject(target), key: fields[0] as string };
}

function drawKind(table: StruckTable, target: Target): DefectKind {
  const kinds = kindsByTable[table].filter((kind) => kind.applies(target));
  let left = target.random.uniform() * kinds.reduce((sum, { weight }) => sum + weight, 0);
  for (const kind of kinds) {
    left -= kind.weight;
    if (left < 0) return kind;
  }
  return kinds[kinds.length - 1] as DefectKind;
}

/** The fields of a clean row, quotes included; only a comma within quotes is no separator. */
function splitRow(row: string): string[] {
  return row.trimEnd().split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
}
