// The admission types of the UCI file "Diabetes 130-US hospitals", by the number that its records give.

/** What we call a type of admission; the allowed values of visits.admission_type. */
type AdmissionType = 'emergency' | 'urgent' | 'elective' | 'newborn' | 'other';

interface UciAdmissionType {
  readonly code: number;
  /** As IDs_mapping.csv has it. */
  readonly description: string;
  /** null: the file says that it does not know. */
  readonly value: AdmissionType | null;
}

const codes: readonly UciAdmissionType[] = [
  { code: 1, description: 'Emergency', value: 'emergency' },
  { code: 2, description: 'Urgent', value: 'urgent' },
  { code: 3, description: 'Elective', value: 'elective' },
  { code: 4, description: 'Newborn', value: 'newborn' },
  { code: 5, description: 'Not Available', value: null },
  { code: 6, description: 'NULL', value: null },
  { code: 7, description: 'Trauma Center', value: 'emergency' },
  { code: 8, description: 'Not Mapped', value: null },
];

export const uciAdmissionTypes = {
  name: 'UCI admission types',
  source:
    'IDs_mapping.csv of "Diabetes 130-US hospitals for years 1999-2008", UCI Machine Learning Repository (CC BY 4.0); ' +
    'Strack et al. 2014, doi:10.1155/2014/781670.',
  codes,
} as const;
