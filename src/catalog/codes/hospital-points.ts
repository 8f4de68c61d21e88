// The points of the HOSPITAL score.
import type { PointBand } from './lace-points.js';

const admissions: readonly PointBand[] = [
  { from: 0, points: 0 },
  { from: 1, points: 2 },
  { from: 6, points: 5 },
];

const stay: readonly PointBand[] = [
  { from: 0, points: 0 },
  { from: 5, points: 2 },
];

/** From 0 to 13. Admissions in the year before as in the derivation; the validation of 2016 gives 2 points from 2 on. */
export const hospitalPoints = {
  name: 'HOSPITAL score',
  source:
    'Donzé et al. 2013, JAMA Intern Med 173:632: potentially avoidable readmission within 30 days. Validation: Donzé et al. ' +
    '2016, JAMA Intern Med 176:496.',
  /** g/dL at discharge. */
  haemoglobin: { below: 12, points: 1 },
  oncology: 2,
  /** mmol/L at discharge. */
  sodium: { below: 135, points: 1 },
  procedure: 1,
  acute: 1,
  admissions,
  stay,
} as const;
