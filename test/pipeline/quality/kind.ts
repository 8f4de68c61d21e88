// What an injected kind of defect is: which records it may strike, what it writes, which check finds it, and which others
// may find something in consequence.
import type { Hospital, Rec, Table } from './hospital.js';

/** What stands around a record. */
export interface Surroundings {
  readonly hospital: Hospital;
  readonly patients: ReadonlyMap<string, Rec>;
  readonly visits: ReadonlyMap<string, Rec>;
  /** A patient's visits in their order. */
  readonly history: ReadonlyMap<string, readonly Rec[]>;
}

/** What is written in the place of a record. */
export type Struck =
  | { readonly records: readonly Rec[] /** Which of them is wrong. */; readonly wrong: number }
  | { readonly line: (line: string) => string };

export interface DefectKind {
  readonly id: string;
  readonly table: Table;
  readonly check: string;
  /** Checks that may find something too, because of what the defect brings with it. */
  readonly also: readonly string[];
  readonly eligible: (rec: Rec, around: Surroundings) => boolean;
  readonly strike: (rec: Rec, around: Surroundings, random: () => number) => Struck;
}

interface ValueDefect extends Partial<Pick<DefectKind, 'also' | 'eligible'>> {
  readonly values: (rec: Rec, around: Surroundings, random: () => number) => Rec;
}

/** A defect of some values of one record. */
export function values(table: Table, name: string, check: string, defect: ValueDefect): DefectKind {
  const { values: change, also = [], eligible = () => true } = defect;
  return {
    id: `${table}/${name}`,
    table,
    check,
    also,
    eligible,
    strike: (rec, around, random) => ({ records: [{ ...rec, ...change(rec, around, random) }], wrong: 0 }),
  };
}

/** A field is replaced by a text; one without a value is never struck. */
export const text = (
  table: Table,
  field: string,
  check: string,
  written: string,
  more: Partial<Pick<DefectKind, 'also' | 'eligible'>> = {},
): DefectKind =>
  values(table, `${field}-${check.split('.').at(-1)}`, check, {
    ...more,
    eligible: (rec, around) => (rec[field] ?? '') !== '' && (more.eligible?.(rec, around) ?? true),
    values: () => ({ [field]: written }),
  });
