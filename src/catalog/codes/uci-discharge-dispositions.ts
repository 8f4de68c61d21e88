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
  /** Death or hospice: the patient cannot be followed up for a readmission. */
  readonly endsFollowUp?: true;
}

const codes: readonly UciDischargeDisposition[] = [
  { code: 1, description: 'Discharged to home', value: 'home' },
  { code: 2, description: 'Discharged/transferred to another short term hospital', value: 'transfer' },
  { code: 3, description: 'Discharged/transferred to SNF', value: 'facility' },
  { code: 4, description: 'Discharged/transferred to ICF', value: 'facility' },
  {
    code: 5,
    description: 'Discharged/transferred to another type of inpatient care institution',
    value: 'facility',
  },
  { code: 6, description: 'Discharged/transferred to home with home health service', value: 'home' },
  { code: 7, description: 'Left AMA', value: 'left against advice' },
  { code: 8, description: 'Discharged/transferred to home under care of Home IV provider', value: 'home' },
  { code: 9, description: 'Admitted as an inpatient to this hospital', value: 'other' },
  {
    code: 10,
    description: 'Neonate discharged to another hospital for neonatal aftercare',
    value: 'transfer',
  },
  { code: 11, description: 'Expired', value: 'died', endsFollowUp: true },
  {
    code: 12,
    description: 'Still patient or expected to return for outpatient services',
    value: 'other',
  },
  { code: 13, description: 'Hospice / home', value: 'hospice', endsFollowUp: true },
  { code: 14, description: 'Hospice / medical facility', value: 'hospice', endsFollowUp: true },
  {
    code: 15,
    description: 'Discharged/transferred within this institution to Medicare approved swing bed',
    value: 'facility',
  },
  {
    code: 16,
    description: 'Discharged/transferred/referred another institution for outpatient services',
    value: 'other',
  },
  {
    code: 17,
    description: 'Discharged/transferred/referred to this institution for outpatient services',
    value: 'other',
  },
  { code: 18, description: 'NULL', value: null },
  { code: 19, description: 'Expired at home. Medicaid only, hospice.', value: 'died', endsFollowUp: true },
  {
    code: 20,
    description: 'Expired in a medical facility. Medicaid only, hospice.',
    value: 'died',
    endsFollowUp: true,
  },
  {
    code: 21,
    description: 'Expired, place unknown. Medicaid only, hospice.',
    value: 'died',
    endsFollowUp: true,
  },
  {
    code: 22,
    description: 'Discharged/transferred to another rehab fac including rehab units of a hospital .',
    value: 'facility',
  },
  { code: 23, description: 'Discharged/transferred to a long term care hospital.', value: 'facility' },
  {
    code: 24,
    description:
      'Discharged/transferred to a nursing facility certified under Medicaid but not certified under Medicare.',
    value: 'facility',
  },
  { code: 25, description: 'Not Mapped', value: null },
  { code: 26, description: 'Unknown/Invalid', value: null },
  { code: 27, description: 'Discharged/transferred to a federal health care facility.', value: 'facility' },
  {
    code: 28,
    description:
      'Discharged/transferred/referred to a psychiatric hospital of psychiatric distinct part unit of a hospital',
    value: 'facility',
  },
  { code: 29, description: 'Discharged/transferred to a Critical Access Hospital (CAH).', value: 'transfer' },
  {
    code: 30,
    description: 'Discharged/transferred to another Type of Health Care Institution not Defined Elsewhere',
    value: 'facility',
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
