// The points of the LACE index. What counts towards its comorbidity is a code list of its own.

/** Half-open, in the unit of the item: from `from` up to but not including the `from` of the next. */
export interface PointBand {
  readonly from: number;
  readonly points: number;
}

const stay: readonly PointBand[] = [
  { from: 0, points: 0 },
  { from: 1, points: 1 },
  { from: 2, points: 2 },
  { from: 3, points: 3 },
  { from: 4, points: 4 },
  { from: 7, points: 5 },
  { from: 14, points: 7 },
];

const comorbidity: readonly PointBand[] = [
  { from: 0, points: 0 },
  { from: 1, points: 1 },
  { from: 2, points: 2 },
  { from: 3, points: 3 },
  { from: 4, points: 5 },
];

const emergencyVisits: readonly PointBand[] = [
  { from: 0, points: 0 },
  { from: 1, points: 1 },
  { from: 2, points: 2 },
  { from: 3, points: 3 },
  { from: 4, points: 4 },
];

/** From 0 to 19. Days in hospital; an acute (emergent) admission; summed weights of comorbidities; visits in 6 months. */
export const lacePoints = {
  name: 'LACE index',
  source:
    'van Walraven et al. 2010, CMAJ 182:551: death or unplanned readmission within 30 days of discharge; c-statistic 0.684.',
  stay,
  acute: 3,
  comorbidity,
  emergencyVisits,
} as const;
