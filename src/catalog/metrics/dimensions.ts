// The dimensions by which metrics are grouped and filtered.
import { ageGroups, type Band, bmiCategories, severityLevels } from '../codes/clinical-thresholds.js';
import { diseases } from '../codes/diseases.js';
import type { Field } from '../field.js';
import { patients } from '../tables/patients.js';
import { drugCategory } from '../tables/prescriptions/drug-category.js';
import { admissionFields } from '../tables/visits/admission.js';
import type { Dimension, Period } from './dimension.js';
import {
  firstVisitOfStay,
  patientOfPrescription,
  patientOfStay,
  patientOfVisit,
  visitOfPrescription,
} from './facts.js';

const labels = (bands: readonly Band[]): readonly string[] => bands.map(({ label }) => label);

function valuesOf(fields: readonly Field[], name: string): readonly string[] {
  return fields.find((field) => field.name === name)?.values?.map(({ value }) => value) ?? [];
}

/** A property of the patient, who is one for every row of every table. */
function ofPatient(column: string): Dimension['places'] {
  return {
    patient_summary: { column },
    visits: { column, path: patientOfVisit },
    stays: { column, path: patientOfStay },
    prescriptions: { column, path: patientOfPrescription },
  };
}

function periodOf(period: Period, form: string): Dimension {
  return {
    name: period,
    label: period[0]?.toUpperCase() + period.slice(1),
    description: `The calendar ${period}, ${form}, in which the visit began, the stay ended or the drug was prescribed.`,
    period,
    places: {
      visits: { column: 'visit_date' },
      stays: { column: 'discharged_on' },
      prescriptions: { column: 'prescribed_date' },
    },
  };
}

export const dimensionList: readonly Dimension[] = [
  {
    name: 'age_group',
    label: 'Age Group',
    description: 'At the visit, or at the admission of a stay; of patients and prescriptions on the day of the run.',
    values: labels(ageGroups.bands),
    places: {
      ...ofPatient('age_group'),
      visits: { column: 'age_group' },
      stays: { column: 'age_group', path: firstVisitOfStay },
    },
  },
  {
    name: 'gender',
    label: 'Gender',
    description: 'The administrative gender of the patient.',
    values: valuesOf(patients.fields, 'gender'),
    places: ofPatient('gender'),
  },
  {
    name: 'location',
    label: 'Location',
    description: 'Where the patient lives, as the source writes it.',
    places: ofPatient('location'),
  },
  {
    name: 'smoker',
    label: 'Smoker',
    description: 'Tobacco smoking status of the patient.',
    values: valuesOf(patients.fields, 'smoker_status'),
    places: ofPatient('smoker_status'),
  },
  {
    name: 'bmi_category',
    label: 'BMI Category',
    description: 'Of the body mass index of an adult patient.',
    values: labels(bmiCategories.bands),
    places: ofPatient('bmi_category'),
  },
  {
    name: 'insurance',
    label: 'Insurance',
    description: 'Who pays for the patient.',
    values: valuesOf(patients.fields, 'insurance_type'),
    places: ofPatient('insurance_type'),
  },
  {
    name: 'disease',
    label: 'Disease',
    description: 'The chapter of the main diagnosis of the visit; of a stay that of its first visit.',
    values: diseases,
    places: {
      visits: { column: 'disease' },
      stays: { column: 'disease' },
      prescriptions: { column: 'disease', path: visitOfPrescription },
    },
  },
  {
    name: 'drug_category',
    label: 'Drug Category',
    description: 'The category of the drug prescribed.',
    values: valuesOf([drugCategory], 'drug_category'),
    places: { prescriptions: { column: 'drug_category' } },
  },
  {
    name: 'severity_level',
    label: 'Severity Level',
    description: 'Of the visit; of a stay that of its first visit, of a patient that of the last visit that has one.',
    values: labels(severityLevels.bands),
    places: {
      patient_summary: { column: 'last_severity_level' },
      visits: { column: 'severity_level' },
      stays: { column: 'severity_level', path: firstVisitOfStay },
      prescriptions: { column: 'severity_level', path: visitOfPrescription },
    },
  },
  {
    name: 'visit_type',
    label: 'Visit Type',
    description: 'The class of the visit; that of a stay is always inpatient.',
    values: valuesOf(admissionFields, 'visit_type'),
    places: {
      visits: { column: 'visit_type' },
      stays: { column: 'visit_type', path: firstVisitOfStay },
      prescriptions: { column: 'visit_type', path: visitOfPrescription },
    },
  },
  periodOf('month', '`2024-03`'),
  periodOf('quarter', '`2024-Q1`'),
  periodOf('year', '`2024`'),
  {
    name: 'facility',
    label: 'Facility',
    description: 'The hospital or site of the visit; of a stay the one that discharged the patient.',
    places: {
      visits: { column: 'facility' },
      stays: { column: 'facility' },
      prescriptions: { column: 'facility', path: visitOfPrescription },
    },
  },
  {
    name: 'source',
    label: 'Source',
    description: 'The name-space of the data: `default`, or the name of the source.',
    places: {
      patient_summary: { column: 'source' },
      visits: { column: 'source' },
      stays: { column: 'source' },
      prescriptions: { column: 'source' },
    },
  },
];
