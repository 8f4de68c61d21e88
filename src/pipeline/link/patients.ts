// patients, published. Grain: one row for every patient of a source.
import { ageGroups, bmiCategories } from '../../catalog/codes/clinical-thresholds.js';
import type { Step } from '../../engine/step.js';
import { bandOf } from './bands.js';
import { liveRows } from './live.js';
import { type LinkInputs, linkStep } from './published.js';
import { yearsBetween } from './years.js';

/** Age at registration: as given, else from the birth date. Classes of body mass index are for adults. */
export const patientsStep = (inputs: LinkInputs): Step =>
  linkStep(
    'patients',
    inputs,
    () => `select *,
  ${bandOf('_age', ageGroups.bands)} as age_group,
  case when _age >= ${bmiCategories.adultsFrom} then ${bandOf('bmi', bmiCategories.bands)} end as bmi_category
from (
  select *, case when age is not null then age when birth_date <= registration_date then ${yearsBetween('birth_date', 'registration_date')} end as _age
  from (${liveRows()}) as live
) as aged`,
    ['clean'],
  );
