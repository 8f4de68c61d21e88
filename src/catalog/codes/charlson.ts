// The comorbidity groups of the Charlson index: their weights and the codes that mean them.

/** Codes without dots, upper case: those from `start` on whose first characters, as many as `end` has, are up to `end`. */
export interface CodeRange {
  readonly start: string;
  readonly end: string;
}

export interface CharlsonGroup {
  readonly name: string;
  readonly label: string;
  readonly weight: number;
  readonly icd9: readonly CodeRange[];
  readonly icd10: readonly CodeRange[];
  /** The milder group that does not count beside this one. */
  readonly replaces?: string;
}

/** `'410 4254-4259'`: prefixes, and ranges of prefixes. */
function ranges(text: string): readonly CodeRange[] {
  return text.split(' ').map((range) => {
    const [start = '', end = start] = range.split('-');
    return { start, end };
  });
}

const groups: readonly CharlsonGroup[] = [
  {
    name: 'myocardial_infarction',
    label: 'Myocardial infarction',
    weight: 1,
    icd9: ranges('410 412'),
    icd10: ranges('I21 I22 I252'),
  },
  {
    name: 'heart_failure',
    label: 'Heart failure',
    weight: 1,
    icd9: ranges('39891 40201 40211 40291 40401 40403 40411 40413 40491 40493 4254-4259 428'),
    icd10: ranges('I099 I110 I130 I132 I255 I420 I425-I429 I43 I50 P290'),
  },
  {
    name: 'peripheral_vascular',
    label: 'Peripheral vascular disease',
    weight: 1,
    icd9: ranges('0930 4373 440 441 4431-4439 4471 5571 5579 V434'),
    icd10: ranges('I70 I71 I731 I738 I739 I771 I790 I792 K551 K558 K559 Z958 Z959'),
  },
  {
    name: 'cerebrovascular',
    label: 'Cerebrovascular disease',
    weight: 1,
    icd9: ranges('36234 430-438'),
    icd10: ranges('G45 G46 H340 I60-I69'),
  },
  {
    name: 'dementia',
    label: 'Dementia',
    weight: 1,
    icd9: ranges('290 2941 3312'),
    icd10: ranges('F00-F03 F051 G30 G311'),
  },
  {
    name: 'chronic_pulmonary',
    label: 'Chronic pulmonary disease',
    weight: 1,
    icd9: ranges('4168 4169 490-505 5064 5081 5088'),
    icd10: ranges('I278 I279 J40-J47 J60-J67 J684 J701 J703'),
  },
  {
    name: 'rheumatic',
    label: 'Rheumatic disease',
    weight: 1,
    icd9: ranges('4465 7100-7104 7140-7142 7148 725'),
    icd10: ranges('M05 M06 M315 M32-M34 M351 M353 M360'),
  },
  {
    name: 'peptic_ulcer',
    label: 'Peptic ulcer disease',
    weight: 1,
    icd9: ranges('531-534'),
    icd10: ranges('K25-K28'),
  },
  {
    name: 'mild_liver',
    label: 'Mild liver disease',
    weight: 1,
    icd9: ranges('07022 07023 07032 07033 07044 07054 0706 0709 570 571 5733 5734 5738 5739 V427'),
    icd10: ranges('B18 K700-K703 K709 K713-K715 K717 K73 K74 K760 K762-K764 K768 K769 Z944'),
  },
  {
    name: 'diabetes_uncomplicated',
    label: 'Diabetes without chronic complication',
    weight: 1,
    icd9: ranges('2500-2503 2508 2509'),
    icd10: ranges(
      'E100 E101 E106 E108 E109 E110 E111 E116 E118 E119 E120 E121 E126 E128 E129 E130 E131 E136 E138 ' +
        'E139 E140 E141 E146 E148 E149',
    ),
  },
  {
    name: 'diabetes_complicated',
    label: 'Diabetes with chronic complication',
    weight: 2,
    icd9: ranges('2504-2507'),
    icd10: ranges('E102-E105 E107 E112-E115 E117 E122-E125 E127 E132-E135 E137 E142-E145 E147'),
    replaces: 'diabetes_uncomplicated',
  },
  {
    name: 'hemiplegia',
    label: 'Hemiplegia or paraplegia',
    weight: 2,
    icd9: ranges('3341 342 343 3440-3446 3449'),
    icd10: ranges('G041 G114 G801 G802 G81 G82 G830-G834 G839'),
  },
  {
    name: 'renal',
    label: 'Renal disease',
    weight: 2,
    icd9: ranges('40301 40311 40391 40402 40403 40412 40413 40492 40493 582 5830-5837 585 586 5880 V420 V451 V56'),
    icd10: ranges('I120 I131 N032-N037 N052-N057 N18 N19 N250 Z490-Z492 Z940 Z992'),
  },
  {
    name: 'malignancy',
    label: 'Malignancy',
    weight: 2,
    icd9: ranges('140-172 174-1958 200-208 2386'),
    icd10: ranges('C00-C26 C30-C34 C37-C41 C43 C45-C58 C60-C76 C81-C85 C88 C90-C97'),
  },
  {
    name: 'severe_liver',
    label: 'Moderate or severe liver disease',
    weight: 3,
    icd9: ranges('4560-4562 5722-5728'),
    icd10: ranges('I850 I859 I864 I982 K704 K711 K721 K729 K765-K767'),
    replaces: 'mild_liver',
  },
  {
    name: 'metastatic',
    label: 'Metastatic solid tumour',
    weight: 6,
    icd9: ranges('196-199'),
    icd10: ranges('C77-C80'),
    replaces: 'malignancy',
  },
  {
    name: 'aids',
    label: 'AIDS',
    weight: 6,
    icd9: ranges('042-044'),
    icd10: ranges('B20-B22 B24'),
  },
];

export const charlson = {
  name: 'Charlson comorbidity groups',
  source:
    'Codes: Quan et al. 2005, Med Care 43:1130, table 1 (enhanced ICD-9-CM and ICD-10). ' +
    'Weights: Charlson et al. 1987, J Chronic Dis 40:373.',
  groups,
} as const;
