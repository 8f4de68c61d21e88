// The one encoder: values by the name of their feature into the columns that a model reads, for training and for serving.
import type { FeatureSchema } from './schema.js';

/** Missing is NaN in numbers and −1 in categories. */
export interface Column {
  readonly name: string;
  readonly kind: 'number' | 'category';
  readonly values: Float64Array | Int32Array;
}

/** What is known, by feature: a number, a value of the dictionary, or nothing. */
export type Values = Readonly<Record<string, unknown>>;

export class Encoder {
  readonly columns: readonly Column[];
  readonly #codes: readonly (ReadonlyMap<string, number> | undefined)[];

  constructor({ features }: Pick<FeatureSchema, 'features'>, rows: number) {
    this.columns = features.map(({ name, type }) => ({
      name,
      kind: type,
      values: type === 'number' ? new Float64Array(rows).fill(Number.NaN) : new Int32Array(rows).fill(-1),
    }));
    this.#codes = features.map(
      ({ dictionary }) => dictionary && new Map(dictionary.map((value, code) => [value, code])),
    );
  }

  /** Sets one value. Returns false where a category is none of the dictionary: it is then missing. */
  set(row: number, column: number, value: unknown): boolean {
    const { values } = this.columns[column] as Column;
    const codes = this.#codes[column];
    if (value === null || value === undefined) return true;
    const encoded = codes ? (codes.get(String(value)) ?? -1) : Number(value);
    values[row] = encoded;
    return !codes || encoded >= 0;
  }

  /** Sets a row. Returns the names of the categories that are none of their dictionaries. */
  setRow(row: number, values: Values): string[] {
    return this.columns.flatMap(({ name }, column) => (this.set(row, column, values[name]) ? [] : [name]));
  }
}
