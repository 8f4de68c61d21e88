// The payers of Synthea by name, and what they mean as a type of insurance.

interface SyntheaPayer {
  /** As payers.csv has it: a name, or what its column OWNERSHIP holds. */
  readonly name: string;
  readonly value: 'Private' | 'Government' | 'None';
}

const payers = (value: SyntheaPayer['value'], names: string): SyntheaPayer[] =>
  names.split(', ').map((name) => ({ name, value }));

const codes: readonly SyntheaPayer[] = [
  ...payers('Government', 'GOVERNMENT, Medicare, Medicaid, Dual Eligible'),
  ...payers('Private', 'PRIVATE, Humana, Blue Cross Blue Shield, UnitedHealthcare, Aetna, Cigna Health, Anthem'),
  ...payers('None', 'NO_INSURANCE'),
];

export const syntheaPayers = {
  name: 'Synthea payers',
  source:
    'payers.csv of the Synthea sample data (synthetichealth/synthea, Apache-2.0), whose column OWNERSHIP later releases ' +
    'write; Medicare, Medicaid and both together are public programmes.',
  codes,
} as const;
