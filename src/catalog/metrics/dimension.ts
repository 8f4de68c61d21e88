// What a dimension is: a property by which rows are grouped and filtered, and where each fact table finds it.
import type { FactTable, Path } from './facts.js';

export type Period = 'month' | 'quarter' | 'year';

/** The column of the row itself, or of the one row that the path leads to. */
export interface Place {
  readonly column: string;
  readonly path?: Path;
}

export interface Dimension {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** All values, in the order in which they are shown; where there are none, any text of the data is one. */
  readonly values?: readonly string[];
  /** The column is a date, and its values are periods: `2024-03`, `2024-Q1`, `2024`. */
  readonly period?: Period;
  /** A table that is not named cannot reach it: a row of that table has several, or none. */
  readonly places: Readonly<Partial<Record<FactTable, Place>>>;
}
