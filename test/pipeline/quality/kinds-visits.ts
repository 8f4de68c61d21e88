// Kinds of defects of visits.
import { dateOf, day, later, type Rec } from './hospital.js';
import { type DefectKind, type Surroundings, text, values } from './kind.js';

/** The order of the patient's visits is another one. */
const counted = ['visits.previous_visit_gap_days.agrees', 'visits.number_of_previous_visits.agrees'];
/** Values that some clean visits lack: where one such visit goes or comes, so do they. */
const lacking = ['blood_pressure', 'glucose_level', 'heart_rate'].map((field) => `visits.${field}.present`);
/** A visit that is rejected leaves rows that name none, and a gap in the order. */
const orphans = [
  ...counted,
  ...lacking,
  'visits.discharge_date.inpatient',
  'prescriptions.visit_id.reference',
  'diagnoses.visit_id.reference',
  'patients.visits.some',
];
/** A discharge on another day. */
const moved = [
  'visits.length_of_stay.agrees',
  'visits.readmitted_within_30_days.agrees',
  'visits.discharge_disposition.death_date',
];

const isStay = ({ visit_type, discharge_date }: Rec): boolean => visit_type === 'inpatient' && discharge_date !== '';
const isOutpatient = ({ visit_type }: Rec): boolean => visit_type === 'outpatient';
const patientOf = (rec: Rec, { patients }: Surroundings): Rec => patients.get(rec.patient_id ?? '') ?? {};
const uncounted = {
  previous_visit_gap_days: '',
  number_of_previous_visits: '',
  readmitted_within_30_days: '',
  age: '',
};

const broken = (name: string, line: (line: string) => string): DefectKind => ({
  id: `visits/${name}`,
  table: 'visits',
  check: `records.${name}`,
  also: orphans,
  eligible: () => true,
  strike: () => ({ line }),
});

export const visitKinds: readonly DefectKind[] = [
  text('visits', 'visit_id', 'visits.visit_id.required', '', { also: orphans }),
  text('visits', 'patient_id', 'visits.patient_id.required', '', { also: orphans }),
  values('visits', 'orphan', 'visits.patient_id.reference', {
    also: [...counted, 'prescriptions.patient_id.agrees', 'diagnoses.patient_id.agrees', 'patients.visits.some'],
    values: ({ patient_id }) => ({ patient_id: `X${patient_id}` }),
  }),
  text('visits', 'visit_date', 'visits.visit_date.form', '2024-02-30', { also: orphans }),
  text('visits', 'visit_date', 'visits.visit_date.future', '2999-01-01', { also: orphans }),
  values('visits', 'before-birth', 'visits.visit_date.after_birth', {
    also: [...counted, 'prescriptions.prescribed_date.near_visit'],
    eligible: isOutpatient,
    values: (rec, around) => {
      const visit_date = later(patientOf(rec, around).birth_date, -100);
      return { ...uncounted, visit_date, admitted_at: '' };
    },
  }),
  {
    id: 'visits/after-death',
    table: 'visits',
    check: 'visits.visit_date.before_death',
    also: [...lacking, 'visits.visit_date.after_died'],
    eligible: (rec, around) => {
      const { death_date = '' } = patientOf(rec, around);
      return death_date !== '' && around.history.get(rec.patient_id ?? '')?.at(-1) === rec;
    },
    strike: (rec, around) => {
      const visit_date = later(patientOf(rec, around).death_date, 40);
      const added = { ...rec, ...uncounted, visit_id: `${rec.visit_id}X`, visit_date, visit_type: 'outpatient' };
      return { records: [rec, { ...added, ...notAStay, admitted_at: '' }], wrong: 1 };
    },
  },
  {
    id: 'visits/after-died',
    table: 'visits',
    check: 'visits.visit_date.after_died',
    also: [...counted, ...lacking, 'visits.visit_date.before_death'],
    eligible: ({ discharge_disposition, discharge_date }) =>
      discharge_disposition === 'died' && (discharge_date ?? '') !== '',
    strike: (rec) => {
      const visit_date = later(rec.discharge_date, 60);
      const added = { ...rec, ...uncounted, visit_id: `${rec.visit_id}X`, visit_date, visit_type: 'outpatient' };
      return { records: [rec, { ...added, ...notAStay, admitted_at: '' }], wrong: 1 };
    },
  },
  values('visits', 'discharge-before-admission', 'visits.discharge_date.after_visit', {
    also: moved,
    eligible: isStay,
    values: ({ visit_date }) => ({ discharge_date: later(visit_date, -3) }),
  }),
  values('visits', 'discharged-before-admitted', 'visits.discharged_at.after_admission', {
    eligible: isStay,
    values: ({ visit_date }) => ({ discharged_at: `${visit_date} 07:00:00` }),
  }),
  values('visits', 'admitted-on-another-day', 'visits.admitted_at.agrees', {
    values: ({ visit_date }) => ({ admitted_at: `${later(visit_date, -1)} 23:50:00` }),
  }),
  text('visits', 'admitted_at', 'visits.admitted_at.form', '25 o’clock'),
  text('visits', 'discharge_date', 'visits.discharge_date.form', 'pending'),
  values('visits', 'without-an-end', 'visits.discharge_date.inpatient', {
    eligible: isStay,
    values: () => ({ discharge_date: '', discharged_at: '', length_of_stay: '' }),
  }),
  values('visits', 'length-of-stay-wrong', 'visits.length_of_stay.agrees', {
    eligible: isStay,
    values: ({ length_of_stay }) => ({ length_of_stay: String(Number(length_of_stay) + 5) }),
  }),
  text('visits', 'length_of_stay', 'visits.length_of_stay.range', '9999'),
  values('visits', 'longer-than-a-year', 'visits.length_of_stay.longest', {
    also: [...moved, 'visits.visit_date.overlaps', 'visits.visit_date.after_died'],
    eligible: (rec) => isStay(rec) && (rec.visit_date ?? '') < '2024-01-01',
    values: ({ visit_date }) => ({ discharge_date: later(visit_date, 500), discharged_at: '' }),
  }),
  text('visits', 'visit_type', 'visits.visit_type.allowed', 'unclear', { eligible: isOutpatient }),
  text('visits', 'visit_type', 'visits.visit_type.present', '?', { eligible: isOutpatient }),
  text('visits', 'severity_score', 'visits.severity_score.range', '42'),
  text('visits', 'severity_score', 'visits.severity_score.form', 'severe'),
  text('visits', 'severity_score', 'visits.severity_score.present', ''),
  text('visits', 'blood_pressure', 'visits.blood_pressure.form', '80/120'),
  text('visits', 'blood_pressure', 'visits.blood_pressure.range', '400/80'),
  text('visits', 'blood_pressure', 'visits.blood_pressure.pulse_pressure', '120/118'),
  text('visits', 'glucose_level', 'visits.glucose_level.range', '5.5'),
  text('visits', 'heart_rate', 'visits.heart_rate.form', 'fast'),
  text('visits', 'heart_rate', 'visits.heart_rate.range', '700'),
  text('visits', 'facility', 'visits.facility.present', ''),
  text('visits', 'admission_type', 'visits.admission_type.allowed', 'soon', {
    also: ['visits.admission_type.inpatient'],
  }),
  values('visits', 'stay-without-admission-type', 'visits.admission_type.inpatient', {
    eligible: isStay,
    values: () => ({ admission_type: '' }),
  }),
  values('visits', 'stay-without-disposition', 'visits.discharge_disposition.inpatient', {
    eligible: isStay,
    values: () => ({ discharge_disposition: '' }),
  }),
  values('visits', 'without-diagnosis', 'visits.diagnosis.present', {
    values: () => ({ diagnosis_code: '', diagnosis_description: '' }),
  }),
  values('visits', 'diagnosis-code-junk', 'visits.diagnosis_code.icd_10_form', {
    also: ['visits.disease.chapter', 'diagnoses.rank.main'],
    values: () => ({ diagnosis_code: '??-17' }),
  }),
  values('visits', 'man-giving-birth', 'visits.disease.sex', {
    also: ['diagnoses.rank.main'],
    eligible: (rec, around) => patientOf(rec, around).gender === 'Male',
    values: () => ({ diagnosis_code: 'O80', diagnosis_description: '' }),
  }),
  values('visits', 'gap-wrong', 'visits.previous_visit_gap_days.agrees', {
    eligible: ({ previous_visit_gap_days }) => previous_visit_gap_days !== '',
    values: ({ previous_visit_gap_days }) => ({ previous_visit_gap_days: String(Number(previous_visit_gap_days) + 9) }),
  }),
  values('visits', 'too-few-visits-before', 'visits.number_of_previous_visits.agrees', {
    eligible: ({ number_of_previous_visits }) => Number(number_of_previous_visits) > 1,
    values: () => ({ number_of_previous_visits: '0' }),
  }),
  values('visits', 'readmission-denied', 'visits.readmitted_within_30_days.agrees', {
    eligible: (rec, { history }) => {
      const own = history.get(rec.patient_id ?? '') ?? [];
      const next = own.slice(own.indexOf(rec) + 1).find(({ visit_type }) => visit_type === 'inpatient');
      return isStay(rec) && next !== undefined && within(rec, next, 2, 30);
    },
    values: () => ({ readmitted_within_30_days: 'No' }),
  }),
  values('visits', 'age-wrong', 'visits.age.agrees', { values: ({ age }) => ({ age: String(Number(age) + 8) }) }),
  values('visits', 'old-newborn', 'visits.admission_type.newborn', {
    eligible: (rec) => isStay(rec) && Number(rec.age) > 1,
    values: () => ({ admission_type: 'newborn' }),
  }),
  {
    id: 'visits/overlapping-stay',
    table: 'visits',
    check: 'visits.visit_date.overlaps',
    also: [...counted, ...lacking, 'visits.readmitted_within_30_days.agrees', 'visits.visit_date.after_died'],
    eligible: (rec) =>
      isStay(rec) && within({ discharge_date: rec.visit_date ?? '' }, { visit_date: rec.discharge_date ?? '' }, 2, 400),
    strike: (rec) => {
      const visit_date = later(rec.visit_date, 1);
      const added = { ...rec, ...uncounted, visit_id: `${rec.visit_id}X`, visit_date, length_of_stay: '' };
      return { records: [rec, { ...added, admitted_at: '', discharged_at: '' }], wrong: 1 };
    },
  },
  {
    id: 'visits/twice',
    table: 'visits',
    check: 'visits.key.unique',
    also: [],
    eligible: () => true,
    strike: (rec) => ({ records: [{ ...rec }, rec], wrong: 0 }),
  },
  {
    id: 'visits/under-another-id',
    table: 'visits',
    check: 'visits.content.unique',
    also: [...counted, ...lacking],
    eligible: isOutpatient,
    strike: (rec) => ({ records: [rec, { ...rec, visit_id: `${rec.visit_id}B` }], wrong: 1 }),
  },
  broken('too_few_fields', (line) => line.split(',').slice(0, 3).join(',')),
  broken('too_many_fields', (line) => `${line},extra`),
  broken('quote_unterminated', (line) => `"${line.replaceAll('"', '')}`),
  broken('text_after_quote', (line) => line.replace(/^([^,]*),/, '"$1" copy,')),
];

const notAStay = {
  discharge_date: '',
  discharged_at: '',
  admission_type: '',
  discharge_disposition: '',
  length_of_stay: '',
};

/** Whether a stay begins so many days after another has ended. */
function within(first: Rec, next: Rec, least: number, most: number): boolean {
  const days = day(next.visit_date ?? '') - day(first.discharge_date ?? dateOf(0));
  return days >= least && days <= most;
}
