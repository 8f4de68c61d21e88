// Features of the visit of the moment: the stay that ends, the visit that is judged, or the latest before an index date.
import { diseases } from '../codes/diseases.js';
import type { Feature } from './feature.js';
import { ofVisit } from './from-field.js';

/** A request may also give both as `blood_pressure`, "120/80". */
const pressure = (column: string, label: string, definition: string): Feature => ({
  name: column,
  label,
  type: 'number',
  definition,
  known: 'end of the visit',
  origin: { kind: 'visit', column },
  unit: 'mmHg',
  min: 20,
  max: 300,
  synonyms: [],
});

const chapters = diseases.map((value) => ({ value, synonyms: [] }));

export const visitFeatures: readonly Feature[] = [
  ofVisit('visit_type', { label: 'Visit type', known: 'start of the visit', only: 'dated' }),
  ofVisit('admission_type', {
    label: 'Admission type',
    known: 'start of the visit',
    origin: { kind: 'first visit', column: 'admission_type' },
  }),
  ofVisit('admission_source', {
    label: 'Admission source',
    known: 'start of the visit',
    origin: { kind: 'first visit', column: 'admission_source' },
  }),
  ofVisit('length_of_stay', {
    label: 'Length of stay',
    known: 'end of the visit',
    definition:
      'Days from admission to discharge, transfers included; where no dates tell, the days that the source gives.',
    origin: { kind: 'length of stay' },
  }),
  ofVisit('discharge_disposition', { label: 'Discharge disposition', known: 'end of the visit' }),
  ofVisit('discharge_disposition_detail', { label: 'Discharge disposition in full', known: 'end of the visit' }),
  {
    name: 'disease',
    label: 'Disease',
    type: 'category',
    definition:
      'The chapter of the main diagnosis, by its code or by known words. A request gives it as `diagnosis_code` or `diagnosis_description`, or by its own name.',
    known: 'end of the visit',
    origin: { kind: 'visit', column: 'disease' },
    values: chapters,
    synonyms: ['disease chapter'],
  },
  ...['Second', 'Third'].map(
    (place, at): Feature => ({
      name: `${place.toLowerCase()}_disease`,
      label: `${place} disease`,
      type: 'category',
      definition: `The chapter of the diagnosis of rank ${at + 2}.`,
      known: 'end of the visit',
      origin: { kind: 'diagnosis', rank: at + 2, column: 'disease' },
      values: chapters,
      synonyms: [],
      only: 'undated',
    }),
  ),
  {
    name: 'severity_score',
    label: 'Severity',
    type: 'number',
    definition: 'The last known severity score: that of the visit, or of the latest before that has one.',
    known: 'end of the visit',
    origin: { kind: 'severity', what: 'last' },
    min: 0,
    max: 10,
    synonyms: ['severity', 'prev severity', 'previous severity', 'last severity', 'current severity', 'severity index'],
  },
  {
    name: 'severity_change',
    label: 'Change of severity',
    type: 'number',
    definition: 'The last known severity score less the one known before it.',
    known: 'end of the visit',
    origin: { kind: 'severity', what: 'change' },
    min: -10,
    max: 10,
    synonyms: ['severity trend'],
  },
  pressure('systolic', 'Systolic pressure', 'The first number of the blood pressure.'),
  pressure('diastolic', 'Diastolic pressure', 'The second number of the blood pressure.'),
  ofVisit('glucose_level', { label: 'Glucose', known: 'end of the visit' }),
  ofVisit('heart_rate', { label: 'Heart rate', known: 'end of the visit' }),
  ofVisit('a1c_result', { label: 'Glycated haemoglobin', known: 'end of the visit', only: 'undated' }),
  ofVisit('glucose_band', { label: 'Glucose band', known: 'end of the visit', only: 'undated' }),
  ofVisit('medication_changed', { label: 'Medication changed', known: 'end of the visit' }),
  ofVisit('num_medications', { label: 'Medications', known: 'end of the visit' }),
  ofVisit('num_procedures', { label: 'Procedures', known: 'end of the visit' }),
  ofVisit('num_lab_procedures', { label: 'Laboratory tests', known: 'end of the visit' }),
  ofVisit('num_diagnoses', { label: 'Diagnoses', known: 'end of the visit' }),
  ofVisit('specialty', { label: 'Specialty', known: 'start of the visit' }),
  ofVisit('payer', { label: 'Payer', known: 'start of the visit', without: ['insurance', 'insurance type'] }),
];
