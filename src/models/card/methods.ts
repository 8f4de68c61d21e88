// How the figures of a card were made, and after whom.
import type { ModelCard } from './schema.js';

const always = (replicates: number, seed: number): string[] => [
  `Patients return in several rows, which are not independent: intervals and differences are of ${replicates.toLocaleString('en-US')} draws of whole patients with replacement (percentile bootstrap, seed ${seed}), the model and its baselines on the same draws.`,
  'Baselines are learned from the training rows of each fold, as the model is; shares of a group have one row added at the overall share.',
  'Groups of fewer than 11 patients, or with fewer than 11 patients with or without an outcome, show no figure (CMS cell size policy).',
];

const methods: Readonly<Record<ModelCard['evaluation']['kind'], readonly string[]>> = {
  binary: [
    'AUROC: interval by DeLong et al. 1988, of placements summed by patient (Obuchowski 1997). AUPRC: average precision, without interpolation.',
    'Scaled Brier: 1 − Brier / that of the prevalence. Log loss in nats, probabilities clipped to [10⁻⁶, 1 − 10⁻⁶].',
    'Slope: of the logistic regression of the outcome on the log-odds of the prediction, 1 is right. Intercept: calibration in the large, with the slope held at 1, 0 is right. Intervals robust, by patient.',
    'Calibration curve: about ten groups of equal size; Wilson’s interval, of independent rows. Net benefit: Vickers and Elkin 2006.',
  ],
  classes: [
    'Log loss in nats, probabilities clipped to [10⁻⁶, 1 − 10⁻⁶]. Skill: 1 − log loss / log loss of the shares of the classes of the same rows. Macro AUROC: the mean of each class against the rest, every class weighing the same.',
    'Each class against the rest: slope and intercept as for a yes or no, AUROC by DeLong et al. 1988 summed by patient (Obuchowski 1997).',
  ],
  number: ['R²: 1 − squared errors / squared distances from the mean. MAE and RMSE in the unit of what is predicted.'],
};

export function methodsOf({ evaluation }: ModelCard): string {
  const { replicates, seed } = evaluation.bootstrap;
  const lines = [...methods[evaluation.kind], ...always(replicates, seed)];
  return `<ul class="quiet">${lines.map((line) => `<li>${line}</li>`).join('')}</ul>`;
}
