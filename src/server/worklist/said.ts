// What a model says of a patient, as an item of the work list keeps it: whether they belong there, and until when.
import { readmissionRecommendations } from '../../catalog/recommendations.js';
import type { ModelName } from '../../models/plan.js';
import type { AnswersOf } from '../../models/predict/predictor.js';
import { businessDaysAfter } from './business-days.js';
import type { Said } from './item.js';

type Answer = AnswersOf<ModelName>[number];

/** Whom a model puts onto the list by itself: the category that its card keeps the means for, or those who get worse. */
export const urgent: Readonly<Record<ModelName, string>> = {
  readmission: 'HIGH_RISK',
  risk: 'High Risk',
  progression: 'WORSENING',
};

export function saidBy(answer: Answer, run: string): Said {
  const { recommendation, recommendation_source, model, case: of } = answer;
  return { ...judgementOf(answer), recommendation, recommendation_source, model, case: of, run };
}

function judgementOf(answer: Answer): Pick<Said, 'prediction' | 'probability'> {
  if ('risk_score' in answer) return { prediction: answer.category, probability: answer.risk_score / 100 };
  if ('confidence' in answer) return { prediction: answer.prediction, probability: answer.confidence };
  return { prediction: answer.prediction, probability: answer.probability };
}

const dueAfter: Readonly<Record<string, number | undefined>> = {
  HIGH_RISK: readmissionRecommendations.high.businessDays,
  MEDIUM_RISK: readmissionRecommendations.medium.businessDays,
};

/** The day that the recommendation names, counted from the discharge; null where it names none. */
export function dueOf({ prediction, case: of }: Said): string | null {
  const days = dueAfter[prediction];
  const from = of?.index_date;
  return days === undefined || from == null ? null : businessDaysAfter(from, days);
}
