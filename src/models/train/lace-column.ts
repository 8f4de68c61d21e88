// LACE of many rows, from the columns that a model reads.
import type { FeatureSchema } from '../features/schema.js';
import type { Column } from '../learn/index.js';
import { lace } from '../scores/lace.js';

/** Urgent and emergent admissions are one category of the records that LACE was made from, elective ones the other. */
const acute = ['emergency', 'urgent'];

/** NaN where an item is not known, and everywhere where the model has no column of an item. */
export function laceOf({ features }: FeatureSchema, columns: readonly Column[]): Float64Array {
  const named = (name: string) => columns.find((column) => column.name === name)?.values;
  const stay = named('length_of_stay');
  const admission = named('admission_type');
  const comorbidity = named('lace_comorbidity');
  const visits = named('emergency_visits_180_days');
  const rows = columns[0]?.values.length ?? 0;
  if (!stay || !admission || !comorbidity || !visits) return new Float64Array(rows).fill(Number.NaN);
  const types = features.find(({ name }) => name === 'admission_type')?.dictionary ?? [];
  return Float64Array.from({ length: rows }, (_, row) => {
    const type = types[admission[row] as number];
    if (type === undefined) return Number.NaN;
    const items = {
      lengthOfStay: stay[row] as number,
      acute: acute.includes(type) ? 1 : 0,
      comorbidity: comorbidity[row] as number,
      emergencyVisits: visits[row] as number,
    };
    return lace(items);
  });
}
