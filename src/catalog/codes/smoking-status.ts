// Tobacco smoking status: the SNOMED CT answers to LOINC 72166-2, with the words that files write for them.

interface SmokingStatus {
  /** The SNOMED CT concept. */
  readonly code: string;
  /** As the value set shows it, then as SNOMED CT names it. */
  readonly descriptions: readonly string[];
  /** The value of patients.smoker_status; null: the answer says that it is not known. */
  readonly value: 'Never' | 'Former' | 'Current' | null;
}

const codes: readonly SmokingStatus[] = [
  { code: '266919005', descriptions: ['Never smoker', 'Never smoked tobacco (finding)'], value: 'Never' },
  { code: '8517006', descriptions: ['Former smoker', 'Ex-smoker (finding)'], value: 'Former' },
  {
    code: '449868002',
    descriptions: ['Current every day smoker', 'Smokes tobacco daily (finding)'],
    value: 'Current',
  },
  {
    code: '428041000124106',
    descriptions: ['Current some day smoker', 'Occasional tobacco smoker (finding)'],
    value: 'Current',
  },
  { code: '428071000124103', descriptions: ['Current Heavy tobacco smoker'], value: 'Current' },
  { code: '428061000124105', descriptions: ['Current Light tobacco smoker'], value: 'Current' },
  { code: '77176002', descriptions: ['Smoker, current status unknown', 'Smoker (finding)'], value: 'Current' },
  {
    code: '266927001',
    descriptions: ['Unknown if ever smoked', 'Tobacco smoking consumption unknown (finding)'],
    value: null,
  },
];

export const smokingStatus = {
  name: 'Smoking status',
  source:
    'HL7 US Core 3.1.1, value set us-core-observation-smokingstatus (2.16.840.1.113883.4.642.2.602), of SNOMED CT ' +
    'concepts; names of SNOMED CT as in the value set of the International Patient Summary. A smoker whose current ' +
    'status is unknown counts as one who smokes, as SNOMED CT names the concept.',
  codes,
} as const;
