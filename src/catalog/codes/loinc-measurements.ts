// What is measured, by LOINC code: the codes whose value is a field of patients or visits.

interface LoincMeasurement {
  readonly code: string;
  readonly description: string;
  /** The field that it becomes; blood pressure is made of two. */
  readonly field:
    | 'patients.bmi'
    | 'patients.smoker_status'
    | 'visits.systolic'
    | 'visits.diastolic'
    | 'visits.glucose_level'
    | 'visits.heart_rate'
    | 'visits.a1c_result';
  /** UCUM units that mean the unit of the field, lower case; any other unit is handed on with the value. */
  readonly units: readonly string[];
}

const pressure = ['mm[hg]', 'mmhg'];
const glucose = ['mg/dl'];

const codes: readonly LoincMeasurement[] = [
  { code: '39156-5', description: 'Body mass index (BMI) [Ratio]', field: 'patients.bmi', units: ['kg/m2'] },
  { code: '72166-2', description: 'Tobacco smoking status', field: 'patients.smoker_status', units: ['{nominal}'] },
  { code: '8480-6', description: 'Systolic blood pressure', field: 'visits.systolic', units: pressure },
  { code: '8462-4', description: 'Diastolic blood pressure', field: 'visits.diastolic', units: pressure },
  { code: '2339-0', description: 'Glucose [Mass/volume] in Blood', field: 'visits.glucose_level', units: glucose },
  {
    code: '2345-7',
    description: 'Glucose [Mass/volume] in Serum or Plasma',
    field: 'visits.glucose_level',
    units: glucose,
  },
  { code: '8867-4', description: 'Heart rate', field: 'visits.heart_rate', units: ['/min', '{beats}/min'] },
  {
    code: '4548-4',
    description: 'Hemoglobin A1c/Hemoglobin.total in Blood',
    field: 'visits.a1c_result',
    units: ['%'],
  },
];

export const loincMeasurements = {
  name: 'LOINC measurements',
  source:
    'LOINC (loinc.org), © Regenstrief Institute, Inc., free under the LOINC licence; units by UCUM. The codes are those ' +
    'of the vital signs of US Core and of the fields of Carelake.',
  codes,
} as const;
