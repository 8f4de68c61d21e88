// The models: what each predicts, what it is for, and what it must not be used for.

export interface ModelText {
  readonly name: 'readmission' | 'risk' | 'progression';
  readonly title: string;
  readonly intendedUse: string;
  readonly limits: readonly string[];
}

const always: readonly string[] = [
  'It learned from one source. Another hospital, or the same one after its patients or its records have changed, needs a training and a card of its own.',
  'It says how often the outcome follows for patients with such records, not why, and not what a treatment would change.',
  'It is no medical device and replaces no clinical judgement.',
];

export const models: readonly ModelText[] = [
  {
    name: 'readmission',
    title: 'Readmission within 30 days after a discharge',
    intendedUse:
      'At discharge, to decide whom to call and see first within the means that there are. Not to keep a patient in hospital, to refuse an admission, or to judge a ward.',
    limits: always,
  },
  {
    name: 'risk',
    title: 'An acute visit in the half year after an index date',
    intendedUse:
      'Twice a year, to choose patients for care management within the means that there are. Not to set premiums, nor to refuse care.',
    limits: always,
  },
  {
    name: 'progression',
    title: 'Severity at the next visit against this one',
    intendedUse: 'When a visit ends, to plan how soon the patient should be seen again. Not to end a treatment.',
    limits: [
      ...always,
      'It knows only patients who came again or died: those who stayed away are in none of its classes.',
    ],
  },
];
