// Defects of one value: the field of a record is replaced by something else.
import { type DefectKind, type Expected, type StruckTable, type Target, valueIn, withValues } from './defect.js';

interface ValueDefect {
  readonly table: StruckTable;
  /** The part of the id after the table. */
  readonly name: string;
  readonly what: string;
  readonly field: string;
  readonly expected: Expected;
  readonly weight?: number;
  readonly changesCourse?: boolean;
  /** What is written instead. A field without a value is never struck. */
  readonly value: (original: string, target: Target) => string;
  /** Further fields that must change with it. */
  readonly also?: Readonly<Record<string, string>>;
  readonly applies?: (target: Target) => boolean;
}

export function valueDefect(defect: ValueDefect): DefectKind {
  const { table, field, applies = () => true } = defect;
  return {
    id: `${table}/${defect.name}`,
    table,
    what: defect.what,
    weight: defect.weight ?? 1,
    expected: defect.expected,
    changesCourse: defect.changesCourse ?? false,
    applies: (target) => valueIn(target, field) !== '' && applies(target),
    inject: (target) => {
      const original = valueIn(target, field);
      const injected = defect.value(original, target);
      const line = withValues(target, { ...defect.also, [field]: injected });
      return { lines: [line], struck: 0, field, original, injected };
    },
  };
}

/** A number as people and spreadsheets write it: `65.0`, ` 65 `, `6.5e1`, and `27.40` for a decimal. */
export function otherNumberForm(original: string, { random }: Target): string {
  const padded = `  ${original} `;
  if (original.includes('.')) return random.pick([padded, `${original}0`]);
  return random.pick([padded, `${original}.0`, `${Number(original) / 10}e1`]);
}
