// Facts of sources that never change and hold everything: of one whose visits have dates, and of one whose visits have none.

import { filledColumns, type SourceFacts } from '../../src/models/features/facts.js';
import type { ModelPlan } from '../../src/models/plan.js';
import { planProgression } from '../../src/models/progression.js';
import { planReadmission } from '../../src/models/readmission.js';
import { planRisk } from '../../src/models/risk.js';

const filled = Object.fromEntries(filledColumns.map((column) => [column, 10]));

const datedFacts: SourceFacts = {
  source: 'default',
  dated: true,
  firstDate: '2022-03-01',
  dataEnd: '2024-06-15',
  asOf: '2024-06-15',
  visits: 10,
  filled,
};

const undatedFacts: SourceFacts = {
  source: 'uci-diabetes',
  dated: false,
  firstDate: null,
  dataEnd: null,
  asOf: '2024-06-15',
  visits: 10,
  filled,
};

export const fixedPlans: readonly ModelPlan[] = [
  planReadmission(datedFacts),
  planReadmission(undatedFacts),
  planRisk(datedFacts),
  planProgression(datedFacts),
];
