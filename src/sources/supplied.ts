// What a reading supplies: for each field of the catalog the file's column and the expression that gives its text.

export interface Supply {
  readonly field: string;
  /** The column or columns, as the file names them. */
  readonly origin: string;
  readonly sql: string;
}

/** The parts of a Reading that follow from what it supplies. */
export function described(supplies: readonly Supply[]): { fields: string[]; origin: Record<string, string> } {
  return {
    fields: supplies.map(({ field }) => field),
    origin: Object.fromEntries(supplies.map(({ field, origin }) => [field, origin])),
  };
}

/** `sql as field`, one line each. */
export function selected(supplies: readonly Supply[]): string {
  return supplies.map(({ field, sql }) => `  ${sql} as ${field}`).join(',\n');
}
