// visits: one row for every encounter of a patient with the hospital.
import type { Table } from '../field.js';
import { admissionFields } from './visits/admission.js';
import { countFields } from './visits/counts.js';
import { diagnosisFields } from './visits/diagnosis.js';
import { measurementFields } from './visits/measurements.js';
import { organisationFields } from './visits/organisation.js';
import { timeFields } from './visits/times.js';

export const visits: Table = {
  name: 'visits',
  grain: 'one row for every visit',
  description: 'Encounters of a patient with the hospital: inpatient stays, emergency and outpatient visits.',
  key: ['visit_id'],
  oneOf: [['visit_date', 'visit_order']],
  alike: ['patient_id', 'visit_date', 'visit_type'],
  references: { patient_id: 'patients' },
  fields: [
    ...timeFields,
    ...admissionFields,
    ...diagnosisFields,
    ...measurementFields,
    ...countFields,
    ...organisationFields,
  ],
};
