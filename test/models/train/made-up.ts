// Cases with a known truth: the outcome depends on two numbers, their product and a category.

import { drawing } from '../../../src/models/evaluate/random.js';
import type { SourceFacts } from '../../../src/models/features/facts.js';
import type { Matrix } from '../../../src/models/features/matrix.js';
import { type FeatureSchema, schemaOf } from '../../../src/models/features/schema.js';
import type { ModelPlan } from '../../../src/models/plan.js';

export interface MadeUp {
  readonly plan: ModelPlan;
  readonly schema: FeatureSchema;
  readonly matrix: Matrix;
  /** The probability that each row's label was drawn with. */
  readonly truth: Float64Array;
}

const types = ['emergency', 'urgent', 'elective'];

/** Two rows a patient, a tenth of the values missing. */
export function madeUp(rows: number, { seed = 1, shuffled = false } = {}): MadeUp {
  const draw = drawing(seed, 0);
  const uniform = () => draw(2 ** 30) / 2 ** 30;
  const numbers = () => Float64Array.from({ length: rows }, () => (uniform() < 0.1 ? Number.NaN : 2 * uniform() - 1));
  const [age, bmi, noise] = [numbers(), numbers(), numbers()];
  const type = Int32Array.from({ length: rows }, () => draw(4) - 1);
  const or0 = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? 0 : value);
  const truth = Float64Array.from({ length: rows }, (_, row) => {
    const logOdds = -1 + 1.5 * or0(age[row]) + 2 * or0(age[row]) * or0(bmi[row]) + (type[row] === 0 ? 0.8 : 0);
    return 1 / (1 + Math.exp(-logOdds));
  });
  const label = Int32Array.from(truth, (probability) => (uniform() < probability ? 1 : 0));
  if (shuffled) {
    for (let row = rows - 1; row > 0; row--) {
      const other = draw(row + 1);
      [label[row], label[other]] = [label[other] as number, label[row] as number];
    }
  }
  const patient = Int32Array.from({ length: rows }, (_, row) => row >> 1);
  const matrix: Matrix = {
    rows,
    columns: [
      { name: 'age', kind: 'number', values: age },
      { name: 'bmi', kind: 'number', values: bmi },
      { name: 'heart_rate', kind: 'number', values: noise },
      { name: 'admission_type', kind: 'category', values: type },
    ],
    label,
    patients: Array.from({ length: (rows + 1) >> 1 }, (_, number) => `P${number}`),
    patient,
    day: Int32Array.from({ length: rows }, (_, row) => 18_000 + (row % 1000)),
    cases: Array.from({ length: rows }, (_, row) => `C${row}`),
    groups: [{ name: 'sex', label: 'Sex', levels: ['Female', 'Male'], code: patient.map((one) => one % 2) }],
  };
  const plan: ModelPlan = {
    model: 'readmission',
    source: 'made-up',
    facts: { source: 'made-up', dated: true } as SourceFacts,
    task: 'binary',
    classes: ['no', 'yes'],
    label: { name: 'outcome', definition: 'A made-up outcome.', days: 30 },
    moment: 'One row for every made-up case.',
    baseline: {
      kind: 'prevalence by admission type',
      definition: 'The share of the outcome by type of admission.',
      features: ['admission_type'],
    },
    features: [],
    cases: () => '',
  };
  const schema = schemaOf(plan, [
    ...['age', 'bmi', 'heart_rate'].map((name) => ({ name, type: 'number' as const, unit: null, definition: name })),
    { name: 'admission_type', type: 'category', unit: null, definition: 'admission_type', dictionary: types },
  ]);
  return { plan, schema, matrix, truth };
}
