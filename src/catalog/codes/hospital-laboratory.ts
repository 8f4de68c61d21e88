// The laboratory items of the HOSPITAL score, by LOINC code, with the units in which they are given.

interface LaboratoryUnit {
  /** UCUM, lower case; as sources write it. */
  readonly unit: string;
  /** What turns it into the unit of the score. */
  readonly factor: number;
}

interface LaboratoryItem {
  readonly codes: readonly { readonly code: string; readonly description: string }[];
  readonly units: readonly LaboratoryUnit[];
}

/** g/dL */
const haemoglobin: LaboratoryItem = {
  codes: [{ code: '718-7', description: 'Hemoglobin [Mass/volume] in Blood' }],
  units: [
    { unit: 'g/dl', factor: 1 },
    { unit: 'g/l', factor: 0.1 },
  ],
};

/** mmol/L; of sodium, with its one charge, a milliequivalent is a millimole. */
const sodium: LaboratoryItem = {
  codes: [
    { code: '2951-2', description: 'Sodium [Moles/volume] in Serum or Plasma' },
    { code: '2947-0', description: 'Sodium [Moles/volume] in Blood' },
  ],
  units: [
    { unit: 'mmol/l', factor: 1 },
    { unit: 'meq/l', factor: 1 },
  ],
};

export const hospitalLaboratory = {
  name: 'Laboratory items of the HOSPITAL score',
  source:
    'Donzé et al. 2013, JAMA Intern Med 173:632: haemoglobin and sodium at discharge. Codes of LOINC (loinc.org), © Regenstrief Institute, Inc., free under the LOINC licence; units by UCUM.',
  haemoglobin,
  sodium,
} as const;
