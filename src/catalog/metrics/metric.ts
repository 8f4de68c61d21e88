// What a metric is: one measure over the rows of one fact table, with all that a person must know to read the number.
import type { FactTable, Path } from './facts.js';

/** Rows whose column has this value. A row in which the column is missing neither matches nor fails to: it is unknown. */
export interface Match {
  readonly column: string;
  readonly equals: string | number | boolean;
}

/** How the number comes about. What follows for missing values, empty groups and sums stands in `behaviourOf`. */
export type Measure =
  /** How many rows there are. */
  | { readonly kind: 'rows' }
  /** How many rows match. */
  | { readonly kind: 'matching'; readonly match: Match }
  /** How many different identifiers stand in a column, told apart by their source. */
  | { readonly kind: 'distinct'; readonly column: string }
  /** The mean of a number. */
  | { readonly kind: 'mean'; readonly column: string }
  /** Of the rows in which the column is known, how many in a hundred match. */
  | { readonly kind: 'share'; readonly match: Match }
  /** How many rows of another table belong to a row on average: those that reach one by their path. */
  | { readonly kind: 'per'; readonly rowsOf: Path };

export interface Metric {
  readonly name: string;
  readonly label: string;
  /** One table, and so one grain: what a row of it is decides what is counted. */
  readonly table: FactTable;
  readonly measure: Measure;
  readonly definition: string;
  /** The unit of the number, UCUM-like as in the tables: a, d, kg/m2, %; a count has none. */
  readonly unit?: string;
  /** How it is shown, as spreadsheets and Power BI write it. */
  readonly format: '#,##0' | '#,##0.0' | '#,##0.00';
}

/** What a reader may rely on where values are missing, where there is nothing, and where parts are added up. */
export interface Behaviour {
  readonly missing: string;
  readonly empty: string;
  /** Whether the numbers of the parts of a whole add up to the number of the whole. */
  readonly additive: boolean;
  /** Why they do not; the number of the whole is then computed anew from its rows. */
  readonly why?: string;
}

const neverLanded = 'missing where the table holds no row at all';

/** The same for every metric of a kind, so that it is said once and computed as it is said. */
export function behaviourOf({ measure }: Metric): Behaviour {
  switch (measure.kind) {
    case 'rows':
      return { missing: 'nothing can be missing', empty: `0; ${neverLanded}`, additive: true };
    case 'matching':
      return {
        missing: `rows without \`${measure.match.column}\` are not counted`,
        empty: `0; missing where there are rows and none has \`${measure.match.column}\`, or ${neverLanded.slice(8)}`,
        additive: true,
      };
    case 'distinct':
      return {
        missing: `rows without \`${measure.column}\` are left out`,
        empty: `0; ${neverLanded}`,
        additive: false,
        why: 'one may be counted in several parts',
      };
    case 'mean':
      return {
        missing: `rows without \`${measure.column}\` are left out`,
        empty: `missing where no row has \`${measure.column}\``,
        additive: false,
        why: 'a mean of the whole is no sum of means',
      };
    case 'share':
      return {
        missing: `rows without \`${measure.match.column}\` are left out, above and below the line`,
        empty: `missing where no row has \`${measure.match.column}\``,
        additive: false,
        why: 'a share of the whole is no sum of shares',
      };
    case 'per':
      return {
        missing: 'rows that belong to none are not counted',
        empty: 'missing where there is no row to divide by, or where either table holds no row at all',
        additive: false,
        why: 'a ratio of the whole is no sum of ratios',
      };
  }
}
