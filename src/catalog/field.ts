// What a field of a table is. A table's cleaning, validation, documentation and column types are derived from this.

/** How a value is read from text, and the column type that it becomes. */
export type FieldType =
  | 'text' // VARCHAR
  | 'integer' // BIGINT
  | 'decimal' // DOUBLE, rounded to `scale`
  | 'date' // DATE, a local calendar date
  | 'timestamp' // TIMESTAMP without zone, local
  | 'code' // VARCHAR, one of `values`
  | 'list' // VARCHAR[], split at ; or |
  | 'blood-pressure'; // VARCHAR "120/80"; the columns systolic and diastolic (BIGINT, mmHg) stand beside it

/**
 * The kinds of identifiers of HIPAA Safe Harbor, 45 CFR 164.514(b)(2)(i), by their letter:
 * A names, B geography below a state, C dates other than the year, H medical record numbers, R any other unique code.
 */
export type IdentifierClass = 'A' | 'B' | 'C' | 'H' | 'R';

/** One allowed value with what else people write for it. Matching ignores case and outer blanks. */
export interface AllowedValue {
  readonly value: string;
  readonly synonyms: readonly string[];
}

/** A unit that may follow a number: `5.5 mmol/L` → 5.5 × factor in the field's own unit. */
export interface ForeignUnit {
  readonly unit: string;
  readonly factor: number;
  /** Where the factor comes from. */
  readonly source: string;
}

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly description: string;
  /** Other headers that mean this field. Only letters and digits matter, whatever their case. */
  readonly synonyms: readonly string[];
  /** The UCUM-like unit of a number: mg/dL, mmHg, kg/m2, d, a. */
  readonly unit?: string;
  readonly foreignUnits?: readonly ForeignUnit[];
  /** Inclusive bounds of a number. */
  readonly min?: number;
  readonly max?: number;
  /** Decimal places kept, rounded half away from zero. */
  readonly scale?: number;
  readonly values?: readonly AllowedValue[];
  /** The row is rejected where this is missing. */
  readonly required?: true;
  /** A date that may not lie after the batch's landing date. */
  readonly past?: true;
  /** A date that may not lie more years than this before the batch's landing date. */
  readonly mostYearsAgo?: number;
  /** What happens to a value that can't be read, is out of range or not allowed: the row is rejected, or the field is set missing. */
  readonly invalid: 'reject' | 'missing';
  /** Why that, where it is not plain; a source for clinical bounds. */
  readonly note?: string;
  readonly identifier?: IdentifierClass;
  /** FHIR R4 path, `Patient.birthDate`; null where FHIR has none. */
  readonly fhir: string | null;
}

export interface Table {
  readonly name: string;
  /** "one row for every …" */
  readonly grain: string;
  readonly description: string;
  /** The fields that, with `source`, identify a row. One that is missing counts as an empty text, so compare with coalesce. */
  readonly key: readonly string[];
  /** At least one of each group must be present, or the row is rejected. */
  readonly oneOf: readonly (readonly string[])[];
  /** Fields that two rows about one thing share whatever their ids: where all agree, the rows are compared whole. */
  readonly alike: readonly string[];
  /** Fields whose values are another table's id; they are written `source:id` outside the source `default`. */
  readonly references: Readonly<Record<string, string>>;
  readonly fields: readonly Field[];
}

/** A column of a published table that Carelake derives and nobody types in. */
export interface DerivedColumn {
  readonly name: string;
  readonly type: 'text' | 'integer' | 'decimal' | 'date' | 'timestamp' | 'boolean' | 'list';
  readonly unit?: string;
  /** All that it may hold. */
  readonly values?: readonly AllowedValue[];
  readonly description: string;
  readonly identifier?: IdentifierClass;
}

/** A table that a run publishes. */
export interface PublishedTable {
  readonly name: string;
  readonly grain: string;
  readonly description: string;
  /** The columns that identify a row. */
  readonly key: readonly string[];
  readonly columns: readonly (Field | DerivedColumn)[];
}
