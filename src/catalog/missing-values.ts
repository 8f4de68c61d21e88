// What people and programs write for "no value". Matching ignores case and outer blanks.

export const missingValues: readonly string[] = [
  '',
  'na',
  'n/a',
  '#n/a',
  'null',
  'none',
  'nil',
  '?',
  'nan',
  'nat',
  '-',
  '--',
  '.',
];
