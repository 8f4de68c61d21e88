// Where exactly the patient went: each disposition in full, as the lists of claims have it.
import { uciDischargeDispositions } from '../../codes/uci-discharge-dispositions.js';
import type { AllowedValue, Field } from '../../field.js';

/** Numbers of UB-04 and words for it, beside those of the UCI file. */
const known: Readonly<Record<string, readonly string[]>> = {
  home: ['01', '1', 'home or self care', 'home/self care', 'self care', 'routine', 'routine discharge'],
  'short-term hospital': ['02', '2', 'short term hospital', 'short term general hospital', 'acute hospital'],
  'skilled nursing facility': ['03', '3', 'snf', 'skilled nursing'],
  'intermediate care facility': ['04', '4', 'icf'],
  'home health care': ['06', '6', 'hha', 'home health', 'home health service', 'home with home health'],
  'left against advice': ['07', '7', 'ama', 'against advice', 'against medical advice'],
  'home intravenous therapy': ['08', '8', 'home iv'],
  'admitted to this hospital': ['09', '9'],
  'died in hospital': ['20', 'died', 'deceased'],
  'died at home': ['40'],
  'died in a facility': ['41'],
  'died, place unknown': ['42'],
  'hospice at home': ['50', 'home hospice', 'hospice - home'],
  'hospice in a facility': ['51', 'hospice facility', 'hospice - medical facility'],
  'swing bed': ['61'],
  'rehabilitation facility': ['62', 'irf', 'rehab', 'rehabilitation', 'inpatient rehabilitation facility'],
  'long-term care hospital': ['63', 'ltch', 'ltac', 'ltach', 'long term care hospital'],
  'Medicaid nursing facility': ['64'],
  'psychiatric hospital': ['65', 'psych', 'psychiatric facility'],
  'critical access hospital': ['66', 'cah'],
};

const values: readonly AllowedValue[] = uciDischargeDispositions.codes.flatMap(({ description, detail }) => {
  if (detail === null) return [];
  const words = [...(known[detail] ?? []), description.toLowerCase()];
  return [{ value: detail, synonyms: words.filter((word) => word !== detail.toLowerCase()) }];
});

export const dispositionDetail: Field = {
  name: 'discharge_disposition_detail',
  type: 'code',
  description: 'The discharge disposition in full: to which kind of home, hospital or institution the patient went.',
  synonyms: [
    ...['discharge disposition code', 'discharge disposition id', 'disposition code', 'disposition detail'],
    ...['discharge status code', 'patient discharge status code'],
  ],
  values,
  invalid: 'missing',
  note: 'Numbers as in UB-04 form locator 17 (NUBC), with the exceptions of discharge_disposition; words of the UCI file, whose list is an edition of that one.',
  fhir: 'Encounter.hospitalization.dischargeDisposition.coding',
};
