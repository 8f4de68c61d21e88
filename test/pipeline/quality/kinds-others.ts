// Kinds of defects of prescriptions and diagnoses.
import { later, type Rec } from './hospital.js';
import { type DefectKind, type Surroundings, text, values } from './kind.js';

const visitOf = (rec: Rec, { visits }: Surroundings): Rec => visits.get(rec.visit_id ?? '') ?? {};

/** Another patient, of the same sex, so that nothing else is wrong. */
function somebodyElse(rec: Rec, { patients }: Surroundings, random: () => number): Rec {
  const own = patients.get(rec.patient_id ?? '');
  const others = [...patients.values()].filter(
    ({ patient_id, gender }) => patient_id !== rec.patient_id && gender === own?.gender,
  );
  return { patient_id: others[Math.floor(random() * others.length)]?.patient_id ?? '' };
}

/** There are enough others of these. */
const isMaleOrFemale = ({ patient_id }: Rec, { patients }: Surroundings): boolean =>
  ['Male', 'Female'].includes(patients.get(patient_id ?? '')?.gender ?? '');

const life = ['prescriptions.prescribed_date.after_birth', 'prescriptions.prescribed_date.before_death'];

const copies = (table: 'prescriptions' | 'diagnoses'): DefectKind => ({
  id: `${table}/twice`,
  table,
  check: `${table}.key.unique`,
  also: [],
  eligible: () => true,
  strike: (rec) => ({ records: [{ ...rec }, rec], wrong: 0 }),
});

export const otherKinds: readonly DefectKind[] = [
  text('prescriptions', 'prescription_id', 'prescriptions.prescription_id.required', ''),
  text('prescriptions', 'drug_name', 'prescriptions.drug_name.required', ''),
  values('prescriptions', 'nobody', 'prescriptions.patient_id_or_visit_id.required', {
    values: () => ({ patient_id: '', visit_id: '' }),
  }),
  values('prescriptions', 'unknown-visit', 'prescriptions.visit_id.reference', {
    values: ({ visit_id }) => ({ visit_id: `X${visit_id}` }),
  }),
  values('prescriptions', 'unknown-patient', 'prescriptions.patient_id.reference', {
    also: ['prescriptions.patient_id.agrees'],
    values: ({ patient_id }) => ({ patient_id: `X${patient_id}` }),
  }),
  values('prescriptions', 'somebody-else', 'prescriptions.patient_id.agrees', {
    also: life,
    eligible: isMaleOrFemale,
    values: somebodyElse,
  }),
  text('prescriptions', 'prescribed_date', 'prescriptions.prescribed_date.form', '2023-04-31'),
  text('prescriptions', 'prescribed_date', 'prescriptions.prescribed_date.future', '2999-01-01'),
  values('prescriptions', 'before-visit', 'prescriptions.prescribed_date.after_visit', {
    also: ['prescriptions.prescribed_date.after_birth'],
    values: (rec, around) => ({ prescribed_date: later(visitOf(rec, around).visit_date, -12) }),
  }),
  values('prescriptions', 'long-after-visit', 'prescriptions.prescribed_date.near_visit', {
    also: life,
    eligible: (rec, around) => visitOf(rec, around).visit_type === 'outpatient',
    values: (rec, around) => ({ prescribed_date: later(visitOf(rec, around).visit_date, 90) }),
  }),
  values('prescriptions', 'after-death', 'prescriptions.prescribed_date.before_death', {
    eligible: ({ patient_id }, { patients }) => (patients.get(patient_id ?? '')?.death_date ?? '') !== '',
    values: ({ patient_id }, { patients }) => ({
      visit_id: '',
      prescribed_date: later(patients.get(patient_id ?? '')?.death_date, 30),
    }),
  }),
  values('prescriptions', 'before-birth', 'prescriptions.prescribed_date.after_birth', {
    values: ({ patient_id }, { patients }) => ({
      visit_id: '',
      prescribed_date: later(patients.get(patient_id ?? '')?.birth_date, -30),
    }),
  }),
  text('prescriptions', 'quantity', 'prescriptions.quantity.form', 'two boxes'),
  text('prescriptions', 'quantity', 'prescriptions.quantity.range', '2000000'),
  text('prescriptions', 'quantity', 'prescriptions.quantity.positive', '0'),
  text('prescriptions', 'quantity', 'prescriptions.quantity.per_day', '100000', {
    eligible: ({ days_supply }) => Number(days_supply) > 0,
  }),
  text('prescriptions', 'days_supply', 'prescriptions.days_supply.range', '3000'),
  text('prescriptions', 'days_supply', 'prescriptions.days_supply.positive', '0'),
  text('prescriptions', 'refill_count', 'prescriptions.refill_count.form', '1.5'),
  text('prescriptions', 'drug_category', 'prescriptions.drug_category.allowed', 'blue pills'),
  text('prescriptions', 'dosage', 'prescriptions.dosage.present', ''),
  copies('prescriptions'),
  {
    id: 'prescriptions/under-another-id',
    table: 'prescriptions',
    check: 'prescriptions.content.unique',
    also: [],
    eligible: () => true,
    strike: (rec) => ({ records: [rec, { ...rec, prescription_id: `${rec.prescription_id}B` }], wrong: 1 }),
  },
  values('diagnoses', 'unknown-visit', 'diagnoses.visit_id.reference', {
    values: ({ visit_id }) => ({ visit_id: `X${visit_id}` }),
  }),
  values('diagnoses', 'somebody-else', 'diagnoses.patient_id.agrees', {
    eligible: isMaleOrFemale,
    values: somebodyElse,
  }),
  text('diagnoses', 'rank', 'diagnoses.rank.form', 'first'),
  text('diagnoses', 'rank', 'diagnoses.rank.present', ''),
  values('diagnoses', 'main-differs', 'diagnoses.rank.main', {
    eligible: ({ rank }) => rank === '1',
    values: () => ({ diagnosis_code: 'B99' }),
  }),
  text('diagnoses', 'diagnosis_system', 'diagnoses.diagnosis_system.allowed', 'house list'),
  values('diagnoses', 'code-junk', 'diagnoses.diagnosis_code.icd_10_form', {
    also: ['diagnoses.disease.chapter', 'diagnoses.rank.main'],
    values: () => ({ diagnosis_code: '??-17' }),
  }),
  text('diagnoses', 'diagnosis_code', 'diagnoses.diagnosis_code_or_diagnosis_description.required', ''),
  copies('diagnoses'),
];
