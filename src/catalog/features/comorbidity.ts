// Features of comorbidity: the Charlson groups of all diagnoses that are known, and their sums.
import { charlson } from '../codes/charlson.js';
import { laceComorbidity } from '../codes/lace-comorbidity.js';
import type { Feature } from './feature.js';

export const comorbidityFeatures: readonly Feature[] = [
  ...charlson.groups.map(
    ({ name, label }): Feature => ({
      name,
      label,
      type: 'number',
      definition: `1 where a diagnosis of the group "${label}" is known, of this visit or one before, else 0.`,
      known: 'end of the visit',
      origin: { kind: 'comorbidity', group: name },
      min: 0,
      max: 1,
      synonyms: [],
      source: charlson.source,
    }),
  ),
  {
    name: 'charlson_index',
    label: 'Charlson index',
    type: 'number',
    definition:
      'The sum of the weights of the groups that are known; the milder of two forms does not count beside the other.',
    known: 'end of the visit',
    origin: { kind: 'comorbidity score', weights: 'charlson' },
    min: 0,
    max: 40,
    synonyms: ['charlson', 'charlson score', 'comorbidity index'],
    source: charlson.source,
  },
  {
    name: 'lace_comorbidity',
    label: 'LACE comorbidity',
    type: 'number',
    definition: "The sum of LACE's weights of the groups that are known, before its item C caps it.",
    known: 'end of the visit',
    origin: { kind: 'comorbidity score', weights: 'lace' },
    min: 0,
    max: 40,
    synonyms: [],
    source: laceComorbidity.source,
  },
];
