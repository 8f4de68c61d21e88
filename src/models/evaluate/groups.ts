// The same figures for every level of a group: age, sex, race, payer, facility. Where too few people would stand behind a
// figure, the level says so in its place.
import { type TSchema, Type } from 'typebox';
import { smallestCell } from '../../catalog/codes/smallest-cell.js';
import { numbered, rowsWhere, taken } from './patients.js';

/** How rows fall into groups of one kind. */
export interface Grouping {
  readonly name: string;
  readonly label: string;
  readonly levels: readonly string[];
  /** The number of each row's level; −1 where it is not known, which is a level of its own. */
  readonly code: Int32Array;
}

/** The schema of the levels of each grouping, for figures of one kind. */
export const groupsOf = <Figures extends TSchema>(figures: Figures) =>
  Type.Array(
    Type.Object({
      name: Type.String(),
      label: Type.String(),
      levels: Type.Array(
        Type.Object({
          level: Type.String(),
          rows: Type.Union([Type.Integer(), Type.Null()], { description: 'Null for fewer than 11 patients.' }),
          patients: Type.Union([Type.Integer(), Type.Null()]),
          figures: Type.Union([figures, Type.Null()]),
          why: Type.Union([Type.String(), Type.Null()], { description: 'Why there are no figures.' }),
        }),
      ),
    }),
  );

interface Level<Figures> {
  level: string;
  rows: number | null;
  patients: number | null;
  figures: Figures | null;
  why: string | null;
}

/** A level that nobody has is left out. `figures` returns why there are none, as text. */
export function byGroup<Figures extends object>(
  groups: readonly Grouping[],
  patient: Int32Array,
  figures: (rows: Int32Array) => Figures | string,
) {
  return groups.map(({ name, label, levels, code }) => ({
    name,
    label,
    levels: [...levels.keys(), -1].flatMap((number): Level<Figures>[] => {
      const rows = rowsWhere(code.length, (row) => code[row] === number);
      const level = levels[number] ?? 'not known';
      if (rows.length === 0) return [];
      const { patients } = numbered(taken(patient, rows));
      if (patients < smallestCell.people) {
        const why = `fewer than ${smallestCell.people} patients`;
        return [{ level, rows: null, patients: null, figures: null, why }];
      }
      const found = figures(rows);
      const counts = { level, rows: rows.length, patients };
      return [
        typeof found === 'string' ? { ...counts, figures: null, why: found } : { ...counts, figures: found, why: null },
      ];
    }),
  }));
}

/** The schema of the figures of each fold. */
export const foldsOf = <Figures extends TSchema>(figures: Figures) =>
  Type.Array(Type.Object({ fold: Type.Integer(), rows: Type.Integer(), figures }), {
    description: 'Without the bootstrap; empty where the rows were not predicted fold by fold.',
  });

export const byFold = <Figures>(fold: Int32Array | undefined, figures: (rows: Int32Array) => Figures) =>
  [...new Set(fold)]
    .sort((a, b) => a - b)
    .map((number) => {
      const rows = rowsWhere(fold?.length ?? 0, (row) => fold?.[row] === number);
      return { fold: number, rows: rows.length, figures: figures(rows) };
    });
