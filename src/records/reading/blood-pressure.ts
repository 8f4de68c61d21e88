// A blood pressure as people type it: `120/80`, `120 / 80 mmHg`.
import type { Field } from '../../catalog/field.js';

/** Undefined where the text is none, the first number is not above the second, or either lies beyond the bounds. */
export function readBloodPressure({ min = 0, max = 999 }: Field, text: string): string | undefined {
  const [, first, second] = /^([0-9]{2,3}) ?[/] ?([0-9]{2,3})(?: ?mm ?hg)?$/i.exec(text) ?? [];
  const [systolic, diastolic] = [Number(first), Number(second)];
  return diastolic >= min && systolic <= max && systolic > diastolic ? `${systolic}/${diastolic}` : undefined;
}
