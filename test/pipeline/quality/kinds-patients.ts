// Kinds of defects of patients.
import { later } from './hospital.js';
import { type DefectKind, text, values } from './kind.js';

/** A patient who is rejected leaves rows that name nobody. */
const orphans = [
  'visits.patient_id.reference',
  'prescriptions.patient_id.reference',
  'diagnoses.patient_id.reference',
  'patients.visits.some',
];
/** A death on a wrong day has visits after it. */
const afterDeath = [
  'visits.visit_date.before_death',
  'prescriptions.prescribed_date.before_death',
  'visits.discharge_disposition.death_date',
];

export const patientKinds: readonly DefectKind[] = [
  text('patients', 'patient_id', 'patients.patient_id.required', '', { also: orphans }),
  values('patients', 'neither-age-nor-birth', 'patients.age_or_birth_date.required', {
    also: orphans,
    values: () => ({ age: '', birth_date: '' }),
  }),
  text('patients', 'birth_date', 'patients.birth_date.form', '1960-02-30', { also: orphans }),
  text('patients', 'birth_date', 'patients.birth_date.future', '2999-01-01', { also: orphans }),
  text('patients', 'birth_date', 'patients.birth_date.range', '1850-03-01', { also: orphans }),
  text('patients', 'birth_date', 'patients.birth_date.placeholder', '1900-01-01', {
    also: ['patients.age.agrees', 'patients.age.oldest', 'visits.age.agrees'],
  }),
  values('patients', 'older-than-anybody', 'patients.age.oldest', {
    also: ['patients.age.agrees', 'visits.age.agrees'],
    eligible: ({ death_date }) => death_date === '',
    values: () => ({ birth_date: '1899-05-05' }),
  }),
  values('patients', 'registered-before-birth', 'patients.birth_date.before_registration', {
    also: ['patients.age.agrees'],
    values: ({ birth_date }) => ({ registration_date: later(birth_date, -10) }),
  }),
  text('patients', 'registration_date', 'patients.registration_date.form', 'last spring', { also: orphans }),
  text('patients', 'registration_date', 'patients.registration_date.future', '2999-01-01', { also: orphans }),
  text('patients', 'registration_date', 'patients.registration_date.present', ''),
  values('patients', 'age-wrong', 'patients.age.agrees', { values: ({ age }) => ({ age: String(Number(age) + 7) }) }),
  text('patients', 'age', 'patients.age.form', 'old', { also: orphans }),
  text('patients', 'age', 'patients.age.range', '412', { also: orphans }),
  text('patients', 'gender', 'patients.gender.allowed', 'see chart'),
  text('patients', 'gender', 'patients.gender.present', ''),
  text('patients', 'bmi', 'patients.bmi.range', '265'),
  text('patients', 'bmi', 'patients.bmi.form', 'obese'),
  text('patients', 'bmi', 'patients.bmi.plausible', '11'),
  text('patients', 'bmi', 'patients.bmi.present', 'N/A'),
  text('patients', 'smoker_status', 'patients.smoker_status.allowed', 'perhaps'),
  text('patients', 'insurance_type', 'patients.insurance_type.present', ''),
  values('patients', 'death-before-birth', 'patients.death_date.after_birth', {
    also: afterDeath,
    values: ({ birth_date }) => ({ death_date: later(birth_date, -1) }),
  }),
  values('patients', 'death-before-registration', 'patients.death_date.after_registration', {
    also: afterDeath,
    eligible: ({ age }) => Number(age) > 0,
    values: ({ registration_date }) => ({ death_date: later(registration_date, -1) }),
  }),
  text('patients', 'death_date', 'patients.death_date.form', '2023-13-01'),
  text('patients', 'death_date', 'patients.death_date.future', '2999-01-01'),
  {
    id: 'patients/twice',
    table: 'patients',
    check: 'patients.key.unique',
    also: [],
    eligible: () => true,
    strike: (rec) => ({ records: [{ ...rec }, rec], wrong: 0 }),
  },
  {
    id: 'patients/under-another-id',
    table: 'patients',
    check: 'patients.content.unique',
    also: ['patients.visits.some'],
    eligible: () => true,
    strike: (rec) => ({ records: [rec, { ...rec, patient_id: `${rec.patient_id}B` }], wrong: 1 }),
  },
];
