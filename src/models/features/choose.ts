// Which features a model has for a source: those that the source can show.
import type { Feature } from '../../catalog/features/feature.js';
import { features } from '../../catalog/features.js';
import type { SourceFacts } from './facts.js';

export function planFeatures(facts: SourceFacts, leftOut: readonly string[]): readonly Feature[] {
  return features.filter((feature) => !leftOut.includes(feature.name) && canShow(feature, facts));
}

function canShow({ origin, only }: Feature, { dated, filled }: SourceFacts): boolean {
  if (only !== undefined && (only === 'dated') !== dated) return false;
  const has = (column: string): boolean => (filled[column] ?? 0) > 0;
  switch (origin.kind) {
    case 'patient':
    case 'patient list':
      return has(`patients.${origin.column}`);
    case 'visit':
    case 'first visit':
    case 'visit before':
      return has(`visits.${origin.column}`);
    case 'length of stay':
      return has('stays.length_of_stay_days') || has('visits.length_of_stay');
    case 'severity':
    case 'mean':
      return has('visits.severity_score');
    case 'sum':
      if (origin.category !== undefined) return has('prescriptions.drug_category');
      if (origin.of === 'late readmissions') return has('visits.readmitted_after_30_days');
      if (origin.of === 'prescriptions') return has('prescriptions.drug_name');
      return origin.of === 'visits' || origin.of === 'outpatient visits'
        ? true
        : has('stays.stay_id') || has('visits.visit_type');
    case 'days since':
      return origin.last === 'visit' || has('stays.stay_id');
    case 'comorbidity':
    case 'comorbidity score':
      return has('visits.icd') || has('diagnoses.icd');
    case 'diagnosis':
      return has(`diagnoses.${origin.column}`);
    case 'visit drugs':
    case 'visit drug':
      return has('prescriptions.drug_name');
  }
}
