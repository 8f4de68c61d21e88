// Why people come: causes of visits by kind of visit, with what makes each more likely. Weights are illustrative;
// codes are WHO ICD-10. A description with a comma stands in quotes, as the files carry it.
import { bitOf, CANCER, COPD, conditions, DEMENTIA, DIABETES, HEART_FAILURE, KIDNEY_DISEASE } from './conditions.js';
import type { Random } from './random.js';

export type Treatment = 'antibiotic' | 'analgesic' | 'steroid';

export interface Cause {
  readonly code: string;
  readonly description: string;
  readonly weight: number;
  /** Only people with one of these conditions come for this. */
  readonly needs?: number;
  /** People with one of these come for it so many times as often. */
  readonly moreWith?: readonly [conditions: number, factor: number];
  /** The weight in mid-winter is 1 + winter times that of mid-summer. */
  readonly winter?: number;
  readonly fromAge?: number;
  readonly toAge?: number;
  /** Added to the severity of whoever comes for it. */
  readonly severity: number;
  readonly treatment?: Treatment;
}

/** What a visit is for: `acute` and `planned` are inpatient stays. */
export type CauseKind = 'outpatient' | 'emergency' | 'acute' | 'planned';

const followUps: readonly Cause[] = conditions.map(({ code, description }, index) => ({
  code,
  description,
  weight: 3,
  needs: 1 << index,
  severity: 0,
}));

const causes: Readonly<Record<CauseKind, readonly Cause[]>> = {
  outpatient: [
    ...followUps,
    { code: 'Z00.0', description: 'General examination', weight: 2.5, severity: -1 },
    { code: 'J06.9', description: 'Upper respiratory infection', weight: 1.2, winter: 2.5, severity: 0.3 },
    { code: 'M54.5', description: 'Low back pain', weight: 1, fromAge: 18, severity: 0.4, treatment: 'analgesic' },
    { code: 'L30.9', description: 'Dermatitis', weight: 0.7, severity: -0.3, treatment: 'steroid' },
    { code: 'H66.9', description: 'Otitis media', weight: 1.5, toAge: 12, severity: 0.5, treatment: 'antibiotic' },
    { code: 'N39.0', description: 'Urinary tract infection', weight: 0.6, severity: 0.8, treatment: 'antibiotic' },
  ],
  emergency: [
    { code: 'R07.4', description: 'Chest pain', weight: 1.5, fromAge: 25, severity: 1 },
    { code: 'R10.4', description: 'Abdominal pain', weight: 1.5, severity: 0.9, treatment: 'analgesic' },
    { code: 'S93.4', description: 'Sprained ankle', weight: 1, toAge: 70, severity: 0, treatment: 'analgesic' },
    { code: 'S52.5', description: 'Fractured forearm', weight: 0.7, severity: 0.7, treatment: 'analgesic' },
    {
      code: 'J20.9',
      description: 'Acute bronchitis',
      weight: 1,
      winter: 3,
      moreWith: [COPD, 3],
      severity: 1,
      treatment: 'antibiotic',
    },
    { code: 'K52.9', description: 'Gastroenteritis', weight: 0.9, winter: 0.6, severity: 0.8 },
    { code: 'E16.2', description: 'Hypoglycaemia', weight: 0.8, needs: DIABETES, severity: 1.2 },
    {
      code: 'F41.0',
      description: 'Panic disorder',
      weight: 0.4,
      fromAge: 16,
      moreWith: [bitOf('depression'), 4],
      severity: 0.4,
    },
  ],
  acute: [
    {
      code: 'J18.9',
      description: '"Pneumonia, unspecified"',
      weight: 1.5,
      winter: 2,
      moreWith: [COPD | DEMENTIA, 2],
      severity: 2.2,
      treatment: 'antibiotic',
    },
    { code: 'J10.1', description: 'Influenza', weight: 0.3, winter: 5, severity: 1.6 },
    {
      code: 'J44.1',
      description: 'COPD exacerbation',
      weight: 4,
      needs: COPD,
      winter: 1.2,
      severity: 2.2,
      treatment: 'steroid',
    },
    {
      code: 'I50.9',
      description: '"Heart failure, unspecified"',
      weight: 5,
      needs: HEART_FAILURE,
      winter: 0.3,
      severity: 2.4,
    },
    {
      code: 'I21.9',
      description: 'Myocardial infarction',
      weight: 0.8,
      fromAge: 35,
      moreWith: [bitOf('ischaemic heart disease'), 3],
      severity: 3,
    },
    {
      code: 'I63.9',
      description: 'Cerebral infarction',
      weight: 0.8,
      fromAge: 40,
      moreWith: [bitOf('atrial fibrillation'), 3],
      severity: 3,
    },
    { code: 'N17.9', description: 'Acute renal failure', weight: 0.3, moreWith: [KIDNEY_DISEASE, 8], severity: 2.3 },
    {
      code: 'A41.9',
      description: '"Sepsis, unspecified"',
      weight: 0.8,
      moreWith: [CANCER | DIABETES, 2],
      severity: 3.4,
      treatment: 'antibiotic',
    },
    { code: 'E11.0', description: 'Type 2 diabetes with coma', weight: 0.8, needs: DIABETES, severity: 2.5 },
    {
      code: 'K35.8',
      description: 'Acute appendicitis',
      weight: 0.9,
      toAge: 60,
      severity: 1.2,
      treatment: 'antibiotic',
    },
    {
      code: 'K80.0',
      description: 'Acute cholecystitis',
      weight: 0.8,
      fromAge: 20,
      severity: 1.4,
      treatment: 'analgesic',
    },
    {
      code: 'S72.0',
      description: 'Fractured neck of femur',
      weight: 1,
      fromAge: 65,
      winter: 0.4,
      severity: 2.4,
      treatment: 'analgesic',
    },
    { code: 'F32.2', description: 'Severe depressive episode', weight: 1.5, needs: bitOf('depression'), severity: 1.4 },
  ],
  planned: [
    {
      code: 'M17.1',
      description: 'Primary gonarthrosis',
      weight: 4,
      needs: bitOf('osteoarthritis'),
      fromAge: 45,
      severity: 0.3,
      treatment: 'analgesic',
    },
    { code: 'Z51.1', description: 'Chemotherapy session', weight: 9, needs: CANCER, severity: 1.2 },
    {
      code: 'I25.1',
      description: 'Coronary artery disease',
      weight: 3,
      needs: bitOf('ischaemic heart disease'),
      severity: 0.8,
    },
    { code: 'K40.9', description: 'Inguinal hernia', weight: 1, fromAge: 18, severity: -0.3, treatment: 'analgesic' },
    { code: 'K80.2', description: 'Gallstones', weight: 1, fromAge: 20, severity: 0, treatment: 'analgesic' },
    { code: 'J35.0', description: 'Chronic tonsillitis', weight: 2, toAge: 25, severity: -0.5, treatment: 'analgesic' },
  ],
};

const cumulated = new Float64Array(Math.max(...Object.values(causes).map((list) => list.length)));

/** A cause of this kind for somebody of this age with these conditions. `winter` is 0 in July and 1 in January. */
export function drawCause(random: Random, kind: CauseKind, age: number, mask: number, winter: number): Cause {
  const list = causes[kind];
  let total = 0;
  for (let index = 0; index < list.length; index++) {
    const cause = list[index] as Cause;
    const { needs, moreWith } = cause;
    if ((needs === undefined || mask & needs) && age >= (cause.fromAge ?? 0) && age <= (cause.toAge ?? 200)) {
      total += cause.weight * (moreWith && mask & moreWith[0] ? moreWith[1] : 1) * (1 + (cause.winter ?? 0) * winter);
    }
    cumulated[index] = total;
  }
  const at = random.uniform() * total;
  let index = 0;
  while ((cumulated[index] as number) <= at) index++;
  return list[index] as Cause;
}
