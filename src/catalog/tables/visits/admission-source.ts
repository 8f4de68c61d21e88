// From where the patient came into the hospital.
import { type AdmissionSource, uciAdmissionSources } from '../../codes/uci-admission-sources.js';
import type { AllowedValue, Field } from '../../field.js';

/** A source with its synonyms, those of the UCI file's descriptions that mean it among them. */
function from(value: AdmissionSource, synonyms: readonly string[]): AllowedValue {
  const described = uciAdmissionSources.codes
    .filter((code) => code.value === value)
    .map(({ description }) => description.toLowerCase());
  return { value, synonyms: [...synonyms, ...described].filter((word) => word !== value) };
}

export const admissionSource: Field = {
  name: 'admission_source',
  type: 'code',
  description: 'From where, or on whose word, the patient came into the hospital.',
  synonyms: [
    ...['admit source', 'source of admission', 'admission origin', 'point of origin', 'admission location'],
    ...['admission source code', 'admission source id'],
  ],
  values: [
    from('physician referral', ['1', 'physician']),
    from('clinic referral', ['2', 'clinic', 'outpatient department']),
    from('health plan referral', ['3', 'hmo']),
    from('self referral', ['walk-in', 'walk-in/self referral', 'self']),
    from('emergency room', ['7', 'er', 'ed', 'emergency', 'emergency department', 'accident/emergency department']),
    from('transfer from hospital', ['4', 'hospital', 'other hospital', 'transferred from other hospital']),
    from('transfer from nursing facility', [
      '5',
      'snf',
      'nursing home',
      'from nursing home',
      'transfer from skilled nursing facility',
    ]),
    from('transfer from other facility', ['6', 'other facility', 'ambulatory surgery transfer']),
    from('court or police', ['8', 'court', 'police', 'law enforcement']),
    from('birth', ['born', 'born in hospital', 'newborn']),
  ],
  invalid: 'missing',
  note: 'Numbers as in HL7 v2 table 0023; words of that, of FHIR admit-source, MIMIC and the UCI file. UB-04 form locator 15 has the same numbers, but since 2008 its 1 is anybody who comes from no health care facility.',
  fhir: 'Encounter.hospitalization.admitSource',
};
