// What is prescribed for what. Doses are common adult doses of the drugs named; which drug is chosen is illustrative.

import type { Treatment } from './causes.js';
import { conditions } from './conditions.js';

export interface Drug {
  readonly name: string;
  readonly category: string;
  readonly dosages: readonly string[];
  readonly unitsPerDay: number;
}

function drug(name: string, category: string, dosages: readonly string[], unitsPerDay = 1): Drug {
  return { name, category, dosages, unitsPerDay };
}

const amlodipine = drug('Amlodipine', 'Antihypertensive', ['5 mg', '10 mg']);
const lisinopril = drug('Lisinopril', 'Antihypertensive', ['10 mg', '20 mg']);
const losartan = drug('Losartan', 'Antihypertensive', ['50 mg', '100 mg']);
const metformin = drug('Metformin', 'Antidiabetic', ['500 mg', '1000 mg'], 2);
const sitagliptin = drug('Sitagliptin', 'Antidiabetic', ['100 mg']);
const atorvastatin = drug('Atorvastatin', 'Lipid-lowering', ['20 mg', '40 mg']);
const aspirin = drug('Aspirin', 'Anticoagulant', ['81 mg']);
const apixaban = drug('Apixaban', 'Anticoagulant', ['5 mg'], 2);
const metoprolol = drug('Metoprolol', 'Antihypertensive', ['50 mg', '100 mg'], 2);
const furosemide = drug('Furosemide', 'Diuretic', ['20 mg', '40 mg']);
const tiotropium = drug('Tiotropium', 'Respiratory', ['18 mcg']);
const albuterol = drug('Albuterol', 'Respiratory', ['90 mcg'], 4);
const sertraline = drug('Sertraline', 'Psychotropic', ['50 mg', '100 mg']);
const ondansetron = drug('Ondansetron', 'Gastrointestinal', ['8 mg'], 2);
const donepezil = drug('Donepezil', 'Psychotropic', ['5 mg', '10 mg']);
const acetaminophen = drug('Acetaminophen', 'Analgesic', ['500 mg'], 3);
const ibuprofen = drug('Ibuprofen', 'Analgesic', ['400 mg', '600 mg'], 3);
const amoxicillin = drug('Amoxicillin', 'Antibiotic', ['500 mg'], 3);
const azithromycin = drug('Azithromycin', 'Antibiotic', ['250 mg']);
const doxycycline = drug('Doxycycline', 'Antibiotic', ['100 mg'], 2);
const prednisone = drug('Prednisone', 'Corticosteroid', ['10 mg', '20 mg']);

const byCondition: Readonly<Record<string, readonly Drug[]>> = {
  hypertension: [amlodipine, lisinopril, losartan],
  diabetes: [metformin, metformin, sitagliptin],
  'ischaemic heart disease': [atorvastatin, aspirin],
  'atrial fibrillation': [apixaban, metoprolol],
  'heart failure': [furosemide, metoprolol, lisinopril],
  'chronic kidney disease': [losartan],
  COPD: [tiotropium, albuterol],
  asthma: [albuterol],
  depression: [sertraline],
  cancer: [ondansetron],
  dementia: [donepezil],
  osteoarthritis: [acetaminophen, ibuprofen],
};

/** For each condition, in the order of the bit mask, what is taken against it for long. */
export const chronicDrugs: readonly (readonly Drug[])[] = conditions.map(({ name }) => {
  const drugs = byCondition[name];
  if (!drugs) throw new RangeError(`no drug stands beside ${name}`);
  return drugs;
});

/** For each treatment, what is taken for days. */
export const acuteDrugs: Readonly<Record<Treatment, readonly Drug[]>> = {
  antibiotic: [amoxicillin, azithromycin, doxycycline],
  analgesic: [acetaminophen, ibuprofen],
  steroid: [prednisone],
};
