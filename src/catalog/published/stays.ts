// stays: one row for every inpatient episode, transfers merged.
import type { PublishedTable } from '../field.js';
import { disease, source } from './columns.js';

export const stays: PublishedTable = {
  name: 'stays',
  grain: 'one row for every inpatient episode, transfers merged',
  description:
    'Inpatient episodes with what followed them, after the readmission measure of CMS: an index stay ends alive, not ' +
    'against advice and with 30 days of follow-up; a planned admission is no readmission and closes the window.',
  key: ['stay_id'],
  columns: [
    source,
    { name: 'stay_id', type: 'text', description: 'The identifier of its first visit.', identifier: 'R' },
    { name: 'patient_id', type: 'text', description: 'The patient.', identifier: 'H' },
    { name: 'first_visit_id', type: 'text', description: 'The visit that began the stay.', identifier: 'R' },
    { name: 'last_visit_id', type: 'text', description: 'The visit that ended the stay.', identifier: 'R' },
    { name: 'visits', type: 'integer', description: 'How many visits were merged into the stay.' },
    { name: 'admitted_on', type: 'date', description: 'The day of admission.', identifier: 'C' },
    { name: 'discharged_on', type: 'date', description: 'The day of the last discharge.', identifier: 'C' },
    {
      name: 'stay_order',
      type: 'integer',
      description: 'The order of its first visit, where the source has no dates.',
    },
    {
      name: 'length_of_stay_days',
      type: 'integer',
      unit: 'd',
      description: 'Days from admission to discharge; where the source has no dates, the days that it gives.',
    },
    { name: 'admission_type', type: 'text', description: 'The type of admission of the first visit.' },
    { name: 'planned', type: 'boolean', description: 'Whether the admission was planned.' },
    {
      name: 'planned_basis',
      type: 'text',
      description: "How that is known: 'admission type' (elective is planned) where no procedure codes tell.",
    },
    { name: 'discharge_disposition', type: 'text', description: 'How the last visit ended.' },
    { name: 'died', type: 'boolean', description: 'Whether the patient died in the stay.' },
    { name: 'facility', type: 'text', description: 'The hospital of the last visit, which is accountable.' },
    { ...disease, description: 'The chapter of the main diagnosis of the first visit.' },
    { name: 'age_at_admission', type: 'integer', unit: 'a', description: 'Completed years at admission.' },
    { name: 'is_index', type: 'boolean', description: 'Whether a readmission could be counted for the stay.' },
    {
      name: 'exclusion_reason',
      type: 'text',
      description:
        'Why it is not an index stay: died, left against advice, transferred out, discharge before admission, no ' +
        'discharge date or follow-up too short; where the source has no dates: died, hospice or no label.',
    },
    { name: 'next_stay_id', type: 'text', description: "The patient's next stay.", identifier: 'R' },
    {
      name: 'days_to_next_stay',
      type: 'integer',
      unit: 'd',
      description: 'Days from this discharge to the next admission.',
    },
    { name: 'next_stay_planned', type: 'boolean', description: 'Whether the next stay was planned.' },
    {
      name: 'readmitted_within_30_days',
      type: 'boolean',
      description: 'Whether the next stay began within 30 days and counts; missing where the stay is no index stay.',
    },
    {
      name: 'readmission_basis',
      type: 'text',
      description: "How that is known: 'dates, unplanned', or 'file label, all-cause' where the source has no dates.",
    },
  ],
};
