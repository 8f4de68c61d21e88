// The discharge dispositions of the UCI file "Diabetes 130-US hospitals", by the number that its records give.

/** What we call a disposition; the allowed values of visits.discharge_disposition. */
export type DischargeDisposition =
  | 'home'
  | 'facility'
  | 'hospice'
  | 'died'
  | 'left against advice'
  | 'transfer'
  | 'other';

interface UciDischargeDisposition {
  readonly code: number;
  /** As IDs_mapping.csv has it, without the blanks around it. */
  readonly description: string;
  /** null: the file says that it does not know. */
  readonly value: DischargeDisposition | null;
  /** What we call it in full; an allowed value of visits.discharge_disposition_detail. */
  readonly detail: string | null;
  /** Death or hospice: the patient cannot be followed up for a readmission. */
  readonly endsFollowUp?: true;
}

const codes: readonly UciDischargeDisposition[] = [
  { code: 1, description: 'Discharged to home', value: 'home', detail: 'home' },
  {
    code: 2,
    description: 'Discharged/transferred to another short term hospital',
    value: 'transfer',
    detail: 'short-term hospital',
  },
  { code: 3, description: 'Discharged/transferred to SNF', value: 'facility', detail: 'skilled nursing facility' },
  { code: 4, description: 'Discharged/transferred to ICF', value: 'facility', detail: 'intermediate care facility' },
  {
    code: 5,
    description: 'Discharged/transferred to another type of inpatient care institution',
    value: 'facility',
    detail: 'other inpatient institution',
  },
  {
    code: 6,
    description: 'Discharged/transferred to home with home health service',
    value: 'home',
    detail: 'home health care',
  },
  { code: 7, description: 'Left AMA', value: 'left against advice', detail: 'left against advice' },
  {
    code: 8,
    description: 'Discharged/transferred to home under care of Home IV provider',
    value: 'home',
    detail: 'home intravenous therapy',
  },
  {
    code: 9,
    description: 'Admitted as an inpatient to this hospital',
    value: 'other',
    detail: 'admitted to this hospital',
  },
  {
    code: 10,
    description: 'Neonate discharged to another hospital for neonatal aftercare',
    value: 'transfer',
    detail: 'neonatal aftercare',
  },
  { code: 11, description: 'Expired', value: 'died', detail: 'died in hospital', endsFollowUp: true },
  {
    code: 12,
    description: 'Still patient or expected to return for outpatient services',
    value: 'other',
    detail: 'still a patient',
  },
  { code: 13, description: 'Hospice / home', value: 'hospice', detail: 'hospice at home', endsFollowUp: true },
  {
    code: 14,
    description: 'Hospice / medical facility',
    value: 'hospice',
    detail: 'hospice in a facility',
    endsFollowUp: true,
  },
  {
    code: 15,
    description: 'Discharged/transferred within this institution to Medicare approved swing bed',
    value: 'facility',
    detail: 'swing bed',
  },
  {
    code: 16,
    description: 'Discharged/transferred/referred another institution for outpatient services',
    value: 'other',
    detail: 'outpatient care elsewhere',
  },
  {
    code: 17,
    description: 'Discharged/transferred/referred to this institution for outpatient services',
    value: 'other',
    detail: 'outpatient care here',
  },
  { code: 18, description: 'NULL', value: null, detail: null },
  {
    code: 19,
    description: 'Expired at home. Medicaid only, hospice.',
    value: 'died',
    detail: 'died at home',
    endsFollowUp: true,
  },
  {
    code: 20,
    description: 'Expired in a medical facility. Medicaid only, hospice.',
    value: 'died',
    detail: 'died in a facility',
    endsFollowUp: true,
  },
  {
    code: 21,
    description: 'Expired, place unknown. Medicaid only, hospice.',
    value: 'died',
    detail: 'died, place unknown',
    endsFollowUp: true,
  },
  {
    code: 22,
    description: 'Discharged/transferred to another rehab fac including rehab units of a hospital .',
    value: 'facility',
    detail: 'rehabilitation facility',
  },
  {
    code: 23,
    description: 'Discharged/transferred to a long term care hospital.',
    value: 'facility',
    detail: 'long-term care hospital',
  },
  {
    code: 24,
    description:
      'Discharged/transferred to a nursing facility certified under Medicaid but not certified under Medicare.',
    value: 'facility',
    detail: 'Medicaid nursing facility',
  },
  { code: 25, description: 'Not Mapped', value: null, detail: null },
  { code: 26, description: 'Unknown/Invalid', value: null, detail: null },
  {
    code: 27,
    description: 'Discharged/transferred to a federal health care facility.',
    value: 'facility',
    detail: 'federal health care facility',
  },
  {
    code: 28,
    description:
      'Discharged/transferred/referred to a psychiatric hospital of psychiatric distinct part unit of a hospital',
    value: 'facility',
    detail: 'psychiatric hospital',
  },
  {
    code: 29,
    description: 'Discharged/transferred to a Critical Access Hospital (CAH).',
    value: 'transfer',
    detail: 'critical access hospital',
  },
  {
    code: 30,
    description: 'Discharged/transferred to another Type of Health Care Institution not Defined Elsewhere',
    value: 'facility',
    detail: 'other institution',
  },
];

export const uciDischargeDispositions = {
  name: 'UCI discharge dispositions',
  source:
    'IDs_mapping.csv of "Diabetes 130-US hospitals for years 1999-2008", UCI Machine Learning Repository (CC BY 4.0); ' +
    'Strack et al. 2014, doi:10.1155/2014/781670. The values are ours: post-acute and other institutions are a ' +
    'facility, acute hospitals (short term, critical access, neonatal) a transfer.',
  codes,
} as const;
