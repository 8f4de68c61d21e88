// The admission sources of the UCI file "Diabetes 130-US hospitals", by the number that its records give.

/** What we call a source of admission; the allowed values of visits.admission_source. */
export type AdmissionSource =
  | 'physician referral'
  | 'clinic referral'
  | 'health plan referral'
  | 'self referral'
  | 'emergency room'
  | 'transfer from hospital'
  | 'transfer from nursing facility'
  | 'transfer from other facility'
  | 'court or police'
  | 'birth';

interface UciAdmissionSource {
  readonly code: number;
  /** As IDs_mapping.csv has it, without the blanks around it. */
  readonly description: string;
  /** null: the file says that it does not know. */
  readonly value: AdmissionSource | null;
}

/** The file has no 16. */
const codes: readonly UciAdmissionSource[] = [
  { code: 1, description: 'Physician Referral', value: 'physician referral' },
  { code: 2, description: 'Clinic Referral', value: 'clinic referral' },
  { code: 3, description: 'HMO Referral', value: 'health plan referral' },
  { code: 4, description: 'Transfer from a hospital', value: 'transfer from hospital' },
  {
    code: 5,
    description: 'Transfer from a Skilled Nursing Facility (SNF)',
    value: 'transfer from nursing facility',
  },
  { code: 6, description: 'Transfer from another health care facility', value: 'transfer from other facility' },
  { code: 7, description: 'Emergency Room', value: 'emergency room' },
  { code: 8, description: 'Court/Law Enforcement', value: 'court or police' },
  { code: 9, description: 'Not Available', value: null },
  { code: 10, description: 'Transfer from critial access hospital', value: 'transfer from hospital' },
  { code: 11, description: 'Normal Delivery', value: 'birth' },
  { code: 12, description: 'Premature Delivery', value: 'birth' },
  { code: 13, description: 'Sick Baby', value: 'birth' },
  { code: 14, description: 'Extramural Birth', value: 'birth' },
  { code: 15, description: 'Not Available', value: null },
  { code: 17, description: 'NULL', value: null },
  { code: 18, description: 'Transfer From Another Home Health Agency', value: 'transfer from other facility' },
  { code: 19, description: 'Readmission to Same Home Health Agency', value: 'transfer from other facility' },
  { code: 20, description: 'Not Mapped', value: null },
  { code: 21, description: 'Unknown/Invalid', value: null },
  {
    code: 22,
    description: 'Transfer from hospital inpt/same fac reslt in a sep claim',
    value: 'transfer from hospital',
  },
  { code: 23, description: 'Born inside this hospital', value: 'birth' },
  { code: 24, description: 'Born outside this hospital', value: 'birth' },
  { code: 25, description: 'Transfer from Ambulatory Surgery Center', value: 'transfer from other facility' },
  { code: 26, description: 'Transfer from Hospice', value: 'transfer from other facility' },
];

export const uciAdmissionSources = {
  name: 'UCI admission sources',
  source:
    'IDs_mapping.csv of "Diabetes 130-US hospitals for years 1999-2008", UCI Machine Learning Repository (CC BY 4.0); ' +
    'Strack et al. 2014, doi:10.1155/2014/781670. The values are ours: hospitals of every kind are one, and so are ' +
    'facilities that are neither a hospital nor for nursing.',
  codes,
} as const;
