// What was measured or judged at a visit. The bounds are those of plausibility, wider than those of health: a value
// beyond them is a slip of the keyboard or another unit, not a patient.
import type { Field } from '../../field.js';

export const measurementFields: readonly Field[] = [
  {
    name: 'severity_score',
    type: 'decimal',
    min: 0,
    max: 10,
    scale: 2,
    description: 'How ill the patient was, from 0 (not at all) to 10, as the source scores it.',
    synonyms: ['severity', 'severity index', 'disease severity', 'illness severity', 'acuity score'],
    invalid: 'missing',
    note: 'A score outside the scale is not a score; the visit itself still happened.',
    fhir: null,
  },
  {
    name: 'blood_pressure',
    type: 'blood-pressure',
    unit: 'mmHg',
    min: 20,
    max: 300,
    description: 'Systolic over diastolic pressure.',
    synonyms: ['bp', 'blood pressure mmhg', 'systolic diastolic', 'bp mmhg'],
    invalid: 'missing',
    note: 'The bounds hold for both numbers. Plausibility: pressures above 300 mmHg are beyond the scale of a sphygmomanometer.',
    fhir: 'Observation.component.valueQuantity.value (LOINC 85354-9: 8480-6, 8462-4)',
  },
  {
    name: 'glucose_level',
    type: 'decimal',
    unit: 'mg/dL',
    foreignUnits: [
      {
        unit: 'mmol/L',
        factor: 18.0182,
        source:
          'The factor of common laboratory converters. The molar mass of glucose, 180.156 g/mol, gives 18.0156: the ' +
          'two differ by 0.015 %, less than 0.1 mg/dL up to 600 mg/dL.',
      },
    ],
    min: 10,
    max: 2000,
    scale: 1,
    description: 'Glucose in blood.',
    synonyms: [
      ...['glucose', 'blood glucose', 'blood sugar', 'blood sugar level', 'blood glucose level', 'glucose mgdl'],
      ...['sugar level'],
    ],
    invalid: 'missing',
    note: 'Plausibility: hyperosmolar states exceed 1,000 mg/dL, values below 10 are not survived. A bare number is taken as mg/dL; one such as 5.5 is mmol/L without its unit and is set missing.',
    fhir: 'Observation.valueQuantity.value (LOINC 2339-0)',
  },
  {
    name: 'heart_rate',
    type: 'integer',
    unit: '/min',
    foreignUnits: [
      { unit: 'bpm', factor: 1, source: 'beats per minute' },
      { unit: 'beats/min', factor: 1, source: 'beats per minute' },
    ],
    min: 20,
    max: 300,
    description: 'Heart rate.',
    synonyms: ['hr', 'pulse', 'pulse rate', 'heart rate bpm', 'bpm'],
    invalid: 'missing',
    note: 'Plausibility: below the slowest escape rhythms and above what a ventricle follows.',
    fhir: 'Observation.valueQuantity.value (LOINC 8867-4)',
  },
  {
    name: 'a1c_result',
    type: 'text',
    description: 'Glycated haemoglobin as the source writes it: a percentage, or a band (>7, >8, Norm).',
    synonyms: ['a1c', 'hba1c', 'hemoglobin a1c', 'haemoglobin a1c', 'glycated hemoglobin'],
    invalid: 'missing',
    fhir: 'Observation.value[x] (LOINC 4548-4)',
  },
  {
    name: 'glucose_band',
    type: 'text',
    description: 'Glucose in serum as a band (>200, >300, Norm), where the source bands the measurement.',
    synonyms: ['max glu serum', 'max glucose serum', 'glucose serum test result', 'glucose range'],
    invalid: 'missing',
    note: 'A measurement belongs in glucose_level.',
    fhir: 'Observation.valueCodeableConcept.text (LOINC 2345-7)',
  },
];
