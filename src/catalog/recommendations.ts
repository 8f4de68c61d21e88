// What to do about a prediction: a rule for each category, with the publication that it follows.

export interface Recommendation {
  readonly text: string;
  readonly source: string;
  /** Within how many business days the first step is to be done, counted from the day that the prediction is about. */
  readonly businessDays?: number;
}

const transitionalCare =
  'CMS, Transitional Care Management Services, CPT 99495 and 99496: contact within 2 business days of the discharge, a visit within 7 days for high and 14 days for moderate complexity';

export const readmissionRecommendations: Readonly<Record<'high' | 'medium' | 'low', Recommendation>> = {
  high: {
    text: 'Contact within 2 business days after the discharge, and a follow-up visit within 7 days.',
    source: transitionalCare,
    businessDays: 2,
  },
  medium: {
    text: 'Contact within 2 business days after the discharge, and a follow-up visit within 14 days.',
    source: transitionalCare,
    businessDays: 2,
  },
  low: {
    text: 'Discharge instructions that the patient can repeat in their own words; follow-up as the treating physician plans it.',
    source: 'AHRQ, Re-Engineered Discharge (RED) Toolkit, 2013: teach-back of the discharge plan for every patient',
  },
};

export const riskRecommendations: Readonly<Record<'high' | 'medium' | 'low', Recommendation>> = {
  high: {
    text: 'Offer complex care management with a named care manager and a shared care plan.',
    source: 'CMS, Chronic Care Management Services (complex), CPT 99487 and 99489',
  },
  medium: {
    text: 'Review the care plan and the medication, and offer chronic care management where two or more chronic conditions are known.',
    source:
      'CMS, Chronic Care Management Services, CPT 99490: two or more chronic conditions, a comprehensive care plan',
  },
  low: {
    text: 'Preventive care as usual for age and sex.',
    source: 'U.S. Preventive Services Task Force, recommendations graded A and B',
  },
};

const chronicCare =
  'Wagner 1998, Eff Clin Pract 1:2 (chronic care model): planned follow-up, closer where the course worsens';

export const progressionRecommendations: Readonly<Record<'improving' | 'stable' | 'worsening', Recommendation>> = {
  improving: { text: 'Keep to the plan; see the patient again at the interval that was agreed.', source: chronicCare },
  stable: { text: 'Keep to the plan; see the patient again at the interval that was agreed.', source: chronicCare },
  worsening: {
    text: 'See the patient again earlier than planned, and review treatment and medication.',
    source: chronicCare,
  },
};
