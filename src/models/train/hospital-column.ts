// HOSPITAL of the cases of the readmission model, where its laboratory items are known; and what is said of it on the card.
import { smallestCell } from '../../catalog/codes/smallest-cell.js';
import type { Matrix } from '../features/matrix.js';
import type { FeatureSchema } from '../features/schema.js';
import type { ModelPlan } from '../plan.js';
import { hospital } from '../scores/hospital.js';
import type { HospitalItemsOfStay } from '../scores/hospital-items.js';

/** A score in use that a model is compared with. */
export interface ComparedScore {
  readonly name: string;
  readonly label: string;
  /** Of each row; NaN where an item is not known. */
  readonly score: Float64Array;
}

export interface ComparedScores {
  readonly scores: readonly ComparedScore[];
  readonly notes: readonly string[];
}

const urgent = ['emergency', 'urgent'];

/** @param items By case; undefined of models that no such score is about, and where nothing tells when a stay was. */
export function hospitalScores(
  { model, facts }: ModelPlan,
  { features }: FeatureSchema,
  { columns, cases }: Matrix,
  items: ReadonlyMap<string, HospitalItemsOfStay> | undefined,
): ComparedScores {
  if (model !== 'readmission') return { scores: [], notes: [] };
  if (!facts.dated) return leftOut('without dates nobody can say what was measured at a discharge');
  const named = (name: string) => columns.find((column) => column.name === name)?.values;
  const types = features.find(({ name }) => name === 'admission_type')?.dictionary ?? [];
  const [admission, admissions, stay] = ['admission_type', 'stays_365_days', 'length_of_stay'].map(named);
  const score = Float64Array.from(cases, (id, row) => {
    const own = items?.get(id);
    const type = types[admission?.[row] ?? -1];
    if (!own || type === undefined) return Number.NaN;
    return hospital({
      haemoglobin: own.haemoglobin ?? Number.NaN,
      oncology: own.oncology ? 1 : 0,
      sodium: own.sodium ?? Number.NaN,
      procedure: own.procedures > 0 ? 1 : 0,
      acute: urgent.includes(type) ? 1 : 0,
      admissions: admissions?.[row] ?? Number.NaN,
      lengthOfStay: stay?.[row] ?? Number.NaN,
    });
  });
  const known = score.filter((one) => !Number.isNaN(one)).length;
  if (known < smallestCell.people) {
    return leftOut(
      `the table observations holds haemoglobin and sodium (LOINC 718-7; 2951-2, 2947-0) of ${known === 0 ? 'no' : 'too few'} stays`,
    );
  }
  return {
    scores: [{ name: 'hospital', label: 'HOSPITAL, recalibrated', score }],
    notes: [
      `HOSPITAL (Donzé et al. 2013) is known of ${known} of ${cases.length} stays; the others get the share of readmissions among those without it. It is approximate. Haemoglobin, sodium: the last of the stay. Oncology: the specialty of the last visit names it; one that is not known counts as another. Procedures: any that is coded, or counted, in the stay. Admissions: those of the 365 days before, with the points of the derivation.`,
    ],
  };
}

const leftOut = (why: string): ComparedScores => ({
  scores: [],
  notes: [`HOSPITAL is not compared: ${why}.`],
});
