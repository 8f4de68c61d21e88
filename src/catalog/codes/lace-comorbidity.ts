// The comorbidity item of the LACE index: its own weights, over the Charlson groups of codes.

const weights: readonly { readonly group: string; readonly weight: number }[] = [
  { group: 'myocardial_infarction', weight: 1 },
  { group: 'cerebrovascular', weight: 1 },
  { group: 'peripheral_vascular', weight: 1 },
  { group: 'diabetes_uncomplicated', weight: 1 },
  { group: 'heart_failure', weight: 2 },
  { group: 'diabetes_complicated', weight: 2 },
  { group: 'chronic_pulmonary', weight: 2 },
  { group: 'mild_liver', weight: 2 },
  { group: 'renal', weight: 2 },
  { group: 'malignancy', weight: 2 },
  { group: 'dementia', weight: 3 },
  { group: 'rheumatic', weight: 3 },
  { group: 'aids', weight: 4 },
  { group: 'severe_liver', weight: 4 },
  { group: 'metastatic', weight: 6 },
];

/** Of a milder and a more severe form, as the groups name them, only the more severe counts. */
export const laceComorbidity = {
  name: 'LACE comorbidity weights',
  source:
    'van Walraven et al. 2010, CMAJ 182:551, figure 1. The codes are those of the Charlson groups (Quan et al. 2005), whose ' +
    'renal disease has no grades: it counts as mild (2) and not as moderate or severe (4), which understates some.',
  weights,
} as const;
