// The therapeutic category of a drug.
import type { Field } from '../../field.js';

export const drugCategory: Field = {
  name: 'drug_category',
  type: 'code',
  description: 'What kind of drug it is.',
  synonyms: ['category', 'drug class', 'drug type', 'medication category', 'medication class', 'therapeutic class'],
  values: [
    { value: 'Antibiotic', synonyms: ['antibiotics', 'antibacterial', 'anti-infective', 'antimicrobial'] },
    { value: 'Antiviral', synonyms: ['antivirals'] },
    {
      value: 'Analgesic',
      synonyms: [
        ...['analgesics', 'painkiller', 'pain reliever', 'pain relief', 'opioid', 'nsaid', 'anti-inflammatory'],
      ],
    },
    {
      value: 'Antihypertensive',
      synonyms: ['antihypertensives', 'blood pressure', 'ace inhibitor', 'beta blocker', 'beta-blocker'],
    },
    {
      value: 'Antidiabetic',
      synonyms: ['antidiabetics', 'anti-diabetic', 'hypoglycemic', 'hypoglycaemic', 'insulin', 'diabetes'],
    },
    { value: 'Anticoagulant', synonyms: ['anticoagulants', 'antithrombotic', 'antiplatelet', 'blood thinner'] },
    { value: 'Lipid-lowering', synonyms: ['lipid lowering', 'statin', 'statins', 'antihyperlipidemic'] },
    { value: 'Cardiac', synonyms: ['cardiovascular', 'antiarrhythmic', 'antianginal', 'nitrate'] },
    { value: 'Diuretic', synonyms: ['diuretics', 'loop diuretic', 'thiazide'] },
    { value: 'Respiratory', synonyms: ['bronchodilator', 'bronchodilators', 'inhaler', 'antiasthmatic'] },
    { value: 'Corticosteroid', synonyms: ['corticosteroids', 'steroid', 'steroids'] },
    { value: 'Gastrointestinal', synonyms: ['antacid', 'proton pump inhibitor', 'ppi', 'antiemetic', 'laxative'] },
    {
      value: 'Psychotropic',
      synonyms: ['antidepressant', 'antipsychotic', 'anxiolytic', 'psychiatric', 'sedative', 'ssri'],
    },
    { value: 'Antiepileptic', synonyms: ['anticonvulsant', 'antiepileptics'] },
    { value: 'Antineoplastic', synonyms: ['chemotherapy', 'anticancer', 'oncology'] },
    { value: 'Hormone', synonyms: ['hormonal', 'contraceptive', 'thyroid'] },
    { value: 'Vaccine', synonyms: ['vaccines', 'immunization', 'immunisation'] },
    { value: 'Supplement', synonyms: ['supplements', 'vitamin', 'vitamins', 'mineral'] },
    { value: 'Other', synonyms: ['others', 'misc', 'miscellaneous'] },
  ],
  invalid: 'missing',
  fhir: null,
};
