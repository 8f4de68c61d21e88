// Words of a description by which a diagnosis without a code is given its chapter: common terms whose chapter is plain.
import type { Disease } from './diseases.js';

interface DiseaseKeyword {
  /** Lower-case words with single blanks between them. */
  readonly keyword: string;
  readonly disease: Disease;
}

/** `'asthma, heart failure'` → one keyword each. */
function keywords(disease: Disease, list: string): readonly DiseaseKeyword[] {
  return list.split(', ').map((keyword) => ({ keyword, disease }));
}

const entries: readonly DiseaseKeyword[] = [
  // first those that hold the words of another chapter
  ...keywords('Other health factors', 'history of, screening, vaccination, immunization, immunisation, checkup'),
  ...keywords('Infectious', 'yellow fever, scarlet fever, whooping cough'),
  ...keywords('Circulatory', 'rheumatic fever, rheumatic heart disease'),
  ...keywords('Respiratory', 'hay fever'),
  ...keywords('Digestive', 'portal hypertension'),
  ...keywords('Nervous system and senses', 'intracranial hypertension, ocular hypertension, alzheimer, alzheimers'),
  ...keywords('Injury and poisoning', 'heat stroke'),
  ...keywords('Pregnancy and birth', 'gestational diabetes, gestational hypertension, pre eclampsia, preeclampsia'),
  ...keywords('Genitourinary', 'urinary tract infection'),
  ...keywords('Respiratory', 'respiratory infection, respiratory tract infection, lung disease'),
  ...keywords('Skin', 'skin infection'),
  ...keywords('Perinatal', 'neonatal jaundice'),
  ...keywords('Neoplasms', 'cancer, carcinoma, malignant neoplasm, neoplasm, tumor, tumour, leukemia, leukaemia'),
  ...keywords('Neoplasms', 'lymphoma, melanoma, metastasis, metastatic, myeloma'),
  ...keywords('Congenital', 'congenital, down syndrome'),
  // then the plain ones
  ...keywords('Infectious', 'sepsis, septicemia, septicaemia, tuberculosis, hiv, malaria, dengue, cholera, typhoid'),
  ...keywords('Infectious', 'gastroenteritis, viral hepatitis, hepatitis b, hepatitis c'),
  ...keywords('Blood and immune', 'anemia, anaemia, thrombocytopenia, hemophilia, haemophilia, neutropenia'),
  ...keywords('Endocrine and metabolic', 'diabetes, diabetic, obesity'),
  ...keywords('Endocrine and metabolic', 'hypothyroidism, hyperthyroidism, thyroid, hyperlipidemia, hyperlipidaemia'),
  ...keywords('Endocrine and metabolic', 'hypercholesterolemia, dehydration, hypoglycemia, hyperglycemia'),
  ...keywords('Mental', 'depression, anxiety, schizophrenia, bipolar, dementia, psychosis, alcohol dependence'),
  ...keywords('Nervous system and senses', 'epilepsy, migraine, parkinson, parkinsons'),
  ...keywords('Nervous system and senses', 'multiple sclerosis, neuropathy, cataract, glaucoma, otitis media'),
  ...keywords(
    'Circulatory',
    'heart failure, hypertension, hypertensive, coronary, myocardial infarction, heart attack',
  ),
  ...keywords('Circulatory', 'angina, atrial fibrillation, arrhythmia, stroke, cerebral infarction, heart disease'),
  ...keywords('Circulatory', 'cardiac arrest, deep vein thrombosis, pulmonary embolism, cardiomyopathy'),
  ...keywords('Respiratory', 'pneumonia, asthma, copd, chronic obstructive pulmonary disease, bronchitis, influenza'),
  ...keywords('Respiratory', 'emphysema, respiratory failure, sinusitis, pharyngitis, tonsillitis'),
  ...keywords('Digestive', 'appendicitis, gastritis, peptic ulcer, cholecystitis, gallstones, cirrhosis, pancreatitis'),
  ...keywords('Digestive', 'gastroesophageal reflux, gerd, crohn, crohns, ulcerative colitis, hernia'),
  ...keywords('Genitourinary', 'kidney disease, renal failure, kidney failure, kidney injury, uti, pyelonephritis'),
  ...keywords('Genitourinary', 'prostatic hyperplasia, cystitis, kidney stone, kidney stones, ckd'),
  ...keywords('Pregnancy and birth', 'pregnancy, childbirth, delivery, miscarriage'),
  ...keywords('Skin', 'cellulitis, dermatitis, eczema, psoriasis, pressure ulcer'),
  ...keywords('Musculoskeletal', 'arthritis, osteoarthritis, osteoporosis, back pain, gout'),
  ...keywords('Perinatal', 'prematurity, preterm infant, low birth weight'),
  ...keywords('Symptoms', 'chest pain, abdominal pain, headache, fever, syncope, cough, fatigue'),
  ...keywords('Injury and poisoning', 'fracture, injury, concussion, laceration, burn, poisoning, overdose, sprain'),
  ...keywords('Special purposes', 'covid, covid19'),
];

/**
 * The first entry in order whose keyword stands in the description as whole words decides, where the description is
 * compared in lower case with every other character than a letter or a digit taken as a blank.
 */
export const diseaseKeywords = {
  name: 'Disease keywords',
  source: 'Carelake; the chapter is the one in which ICD-10 lists the plain term in its alphabetical index.',
  entries,
} as const;
