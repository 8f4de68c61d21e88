// What becomes of each way in which people and programs write a value, through the real steps.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from '../harness.js';
import { type Cell, type CellOptions, cells } from './cells.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
});
afterAll(() => workspace.close());

const is = (value: unknown): Cell => ({ value });
const missing = (reason: string): Cell => ({ value: null, missing: reason });
const rejected = (reason: string): Cell => ({ value: null, rejected: reason });
const nothing = is(null);

type Case = readonly [text: string, cell: Cell];

/** One file with all of these texts, so that a table of cases costs one step. */
async function expectCells(table: string, field: string, cases: readonly Case[], options?: CellOptions) {
  const texts = cases.map(([text]) => text);
  const found = await cells(workspace, table, field, texts, options);
  expect(texts.map((text, n) => [text, found[n]])).toEqual(cases);
}

describe('blanks and words for nothing', () => {
  const words = [
    '',
    ' ',
    '\t',
    '\u00a0',
    '\u2009\u3000',
    '\r',
    'NA',
    'n/a',
    '#N/A',
    'NULL',
    'None',
    'nil',
    '?',
    'NaN',
    'NaT',
    '-',
    '--',
    '.',
  ];

  test.each([
    ['patients', 'name'],
    ['patients', 'bmi'],
    ['visits', 'discharge_date'],
    ['visits', 'admitted_at'],
    ['patients', 'gender'],
    ['patients', 'chronic_conditions'],
    ['visits', 'blood_pressure'],
  ])('are no value of %s.%s, and no flaw', async (table, field) => {
    await expectCells(
      table,
      field,
      words.map((word) => [word, nothing]),
    );
  });

  test('around a value are left out, inside it they stay', async () => {
    await expectCells('patients', 'name', [
      ['\t Ann  Lee\u00a0\r\n', is('Ann  Lee')],
      ['\u3000Ann\u3000Lee\u2003', is('Ann\u3000Lee')],
      ['\u202f\u0085\u000bAnn\u000c\u2028', is('Ann')],
      ['NAomi', is('NAomi')],
      ['none of these', is('none of these')],
      ['n/a ', nothing],
      ['O\'Neil "Jr"', is('O\'Neil "Jr"')],
    ]);
  });

  test('make a row without its required value a rejected one', async () => {
    await expectCells('visits', 'patient_id', [
      ['p1', is('p1')],
      [' ? ', rejected('required_missing')],
      ['', rejected('required_missing')],
    ]);
  });

  test('are values where the field says so', async () => {
    await expectCells('patients', 'alcohol_use', [
      ['None', is('None')],
      [' NONE ', is('None')],
      ['NA', nothing],
    ]);
    await expectCells('patients', 'physical_activity_level', [['none', is('Sedentary')]]);
  });
});

describe('whole numbers', () => {
  test('are read however they are written', async () => {
    await expectCells('patients', 'age', [
      ['65', is(65)],
      ['65.0', is(65)],
      ['65.', is(65)],
      ['65.000', is(65)],
      ['6.5e1', is(65)],
      ['6.5E+01', is(65)],
      ['650e-1', is(65)],
      ['+65', is(65)],
      ['007', is(7)],
      ['0000000000000000000000000065', is(65)],
      [' 65\u00a0', is(65)],
      ['65 a', is(65)],
      ['65A', is(65)],
      ['-0', is(0)],
    ]);
  });

  test('are refused with the reason that fits', async () => {
    await expectCells('patients', 'age', [
      ['65.5', rejected('not_whole')],
      ['.5', rejected('not_whole')],
      ['sixty', rejected('not_a_number')],
      ['6 5', rejected('not_a_number')],
      ['1,234', rejected('not_a_number')],
      ['1_000', rejected('not_a_number')],
      ['0x1F', rejected('not_a_number')],
      ['٣', rejected('not_a_number')],
      ['1d', rejected('not_a_number')],
      ['inf', rejected('not_a_number')],
      ['65 years old', rejected('not_a_number')],
      ['e5', rejected('not_a_number')],
      ['+', rejected('not_a_number')],
      ['5e', rejected('not_a_number')],
      ['1.2.3', rejected('not_a_number')],
    ]);
  });

  test('are judged by inclusive bounds, however large they are', async () => {
    await expectCells('patients', 'age', [
      ['0', is(0)],
      ['150', is(150)],
      ['-1', rejected('out_of_range')],
      ['151', rejected('out_of_range')],
      ['123456789012', rejected('out_of_range')],
      ['123456789012345678', rejected('out_of_range')],
      ['1234567890123456789', rejected('out_of_range')],
      ['99999999999999999999999999999999999999999999', rejected('out_of_range')],
      ['-9223372036854775808', rejected('out_of_range')],
      ['1e12', rejected('out_of_range')],
      ['1e99', rejected('out_of_range')],
      ['1e400', rejected('out_of_range')],
      ['1e999999999', rejected('out_of_range')],
    ]);
    await expectCells('visits', 'visit_order', [
      ['9007199254740991', is(9007199254740991)],
      ['4.43867222e8', is(443867222)],
      ['584102381895E+000', missing('out_of_range')],
      ['9007199254740992', missing('out_of_range')],
    ]);
  });

  test('may bear the unit of their field or one that is converted', async () => {
    await expectCells('visits', 'heart_rate', [
      ['72', is(72)],
      ['72/min', is(72)],
      ['72 /min', is(72)],
      ['72 bpm', is(72)],
      ['72BPM', is(72)],
      ['72.0 beats/min', is(72)],
      ['72.5 bpm', missing('not_whole')],
      ['301 bpm', missing('out_of_range')],
      ['72 kg', missing('not_a_number')],
      ['bpm', missing('not_a_number')],
    ]);
    await expectCells('prescriptions', 'days_supply', [
      ['30 days', is(30)],
      ['1 day', is(1)],
      ['30 d', is(30)],
      ['30 weeks', missing('not_a_number')],
    ]);
  });
});

describe('decimal numbers', () => {
  test('are rounded to the scale of their field, half away from zero', async () => {
    await expectCells('patients', 'bmi', [
      ['23.45', is(23.5)],
      ['23.44999', is(23.4)],
      ['23.449999999999999999', is(23.4)],
      ['23.35', is(23.4)],
      ['23.25', is(23.3)],
      ['2.345e1', is(23.5)],
      ['2345e-2', is(23.5)],
      ['23.050000000000000710542735760100', is(23.1)],
      ['9.95', is(10)],
      ['9.94', missing('out_of_range')],
      ['100.04', is(100)],
      ['100.05', missing('out_of_range')],
    ]);
    await expectCells('visits', 'severity_score', [
      ['.005', is(0.01)],
      ['0.05', is(0.05)],
      ['1.005', is(1.01)],
      ['1.005e0', is(1.01)],
      ['7.771E-70', is(0)],
      ['1e-400', is(0)],
      ['5.', is(5)],
      ['.5', is(0.5)],
      ['0.00012345678901234567', is(0)],
      ['-.004', is(0)],
      ['-.005', missing('out_of_range')],
      ['10', is(10)],
      ['10.004', is(10)],
    ]);
  });

  test('have a point; a comma only where the fields are not parted by commas', async () => {
    await expectCells('patients', 'bmi', [
      ['23,4', missing('not_a_number')],
      ['1,234.5', missing('not_a_number')],
    ]);
    const commas: readonly Case[] = [
      ['23,45', is(23.5)],
      ['23,', is(23)],
      ['+2,345e1', is(23.5)],
      ['23.45', is(23.5)],
      ['23,4 kg/m2', is(23.4)],
      ['1.234,5', missing('not_a_number')],
      ['1,234,5', missing('not_a_number')],
    ];
    await expectCells('patients', 'bmi', commas, { delimiter: ';' });
    await expectCells('patients', 'bmi', commas, { delimiter: '\t' });
    await expectCells('visits', 'severity_score', [[',5', is(0.5)]], { delimiter: ';' });
    await expectCells('patients', 'age', [['65,0', is(65)]], { delimiter: ';' });
  });

  test('in a foreign unit are converted, then rounded and judged', async () => {
    await expectCells('visits', 'glucose_level', [
      ['5.5 mmol/L', is(99.1)],
      ['5.5mmol/l', is(99.1)],
      ['5.5 MMOL/L', is(99.1)],
      ['.55e1 mmol/L', missing('not_a_number')],
      ['100 mg/dL', is(100)],
      ['100.25mg/dl', is(100.3)],
      ['120 mmol/L', missing('out_of_range')],
      ['-5 mmol/L', missing('out_of_range')],
      ['5.5', missing('out_of_range')],
      ['5.5 mol', missing('not_a_number')],
      ['999999999999 mmol/L', missing('out_of_range')],
      ['high', missing('not_a_number')],
    ]);
  });
});

describe('dates', () => {
  test('are read in each form that names one day', async () => {
    await expectCells('visits', 'discharge_date', [
      ['2024-01-05', is('2024-01-05')],
      ['2024-01-05 00:00:00', is('2024-01-05')],
      ['2024-01-05T23:59:59.123Z', is('2024-01-05')],
      ['2024-01-05 23:59+02:00', is('2024-01-05')],
      ['2024/01/05', is('2024-01-05')],
      ['20240105', is('2024-01-05')],
      ['5.1.2024', is('2024-01-05')],
      ['05.01.2024', is('2024-01-05')],
      ['31.12.2023', is('2023-12-31')],
      ['2024-02-29', is('2024-02-29')],
      ['0001-01-01', is('0001-01-01')],
      ['1582-10-10', is('1582-10-10')],
    ]);
  });

  test('that do not exist or are no dates are no dates', async () => {
    const texts = [
      ...['2024-02-30', '2023-02-29', '1900-02-29', '2024-13-01', '2024-00-10', '2024-01-00', '0000-00-00'],
      ...['0000-01-01', '2024-1-5', '2024-01', '2024', '24-01-05', '1/5/24', '31.11.2023', '99.99.2024', '20241399'],
      ...['2024-01-05x', 'epoch', 'today', '45296', 'Jan 5, 2024', '2024-01-05T', '12024-01-05', '-2024-01-05'],
    ];
    await expectCells(
      'visits',
      'discharge_date',
      texts.map((text) => [text, missing('not_a_date')]),
    );
    await expectCells('visits', 'visit_date', [['2024-02-30', rejected('not_a_date')]]);
  });

  test('lie in the future when they are after the day on which their file landed', async () => {
    const cases: readonly Case[] = [
      ['2024-06-15', is('2024-06-15')],
      ['2024-06-16', missing('in_future')],
      ['9999-12-31', missing('in_future')],
    ];
    await expectCells('visits', 'discharge_date', cases, { on: '2024-06-15' });
    await expectCells('visits', 'discharge_date', [['2024-06-16', is('2024-06-16')]], { on: '2024-06-16' });
    await expectCells('visits', 'visit_date', [['2024-06-18', rejected('in_future')]], { on: '2024-06-17' });
    await expectCells(
      'visits',
      'admitted_at',
      [
        ['2024-06-17 23:59:59', is('2024-06-17 23:59:59')],
        ['2024-06-18 00:00:00', missing('in_future')],
      ],
      { on: '2024-06-17' },
    );
  });

  test('of unknown order are not guessed; the mapping file says which', async () => {
    await expectCells('visits', 'discharge_date', [
      ['03/04/2024', missing('date_order_unknown')],
      ['3-4-2024', missing('date_order_unknown')],
      ['25/04/2024', missing('date_order_unknown')],
    ]);
    const mapping = { columns: {} };
    await expectCells(
      'visits',
      'discharge_date',
      [
        ['03/04/2024', is('2024-04-03')],
        ['3-4-2024', is('2024-04-03')],
        ['25/04/2024', is('2024-04-25')],
        ['04/25/2024', missing('not_a_date')],
        ['2024-04-03', is('2024-04-03')],
      ],
      { mapping: { ...mapping, dates: 'dmy' } },
    );
    await expectCells(
      'visits',
      'discharge_date',
      [
        ['03/04/2024', is('2024-03-04')],
        ['3-4-2024', is('2024-03-04')],
        ['04/25/2024', is('2024-04-25')],
        ['25/04/2024', missing('not_a_date')],
        ['3.4.2024', is('2024-04-03')],
      ],
      { mapping: { ...mapping, dates: 'mdy' } },
    );
  });
});

describe('times', () => {
  test('are local: a zone is left out, and so are parts of a second', async () => {
    await expectCells('visits', 'admitted_at', [
      ['2024-01-05 23:59:59', is('2024-01-05 23:59:59')],
      ['2024-01-05T23:59:59', is('2024-01-05 23:59:59')],
      ['2024-01-05T23:59:59Z', is('2024-01-05 23:59:59')],
      ['2024-01-05T23:59:59.999999999+02:00', is('2024-01-05 23:59:59')],
      ['2024-01-05 23:59:59 -0530', is('2024-01-05 23:59:59')],
      ['2024-01-05 07:30', is('2024-01-05 07:30:00')],
      ['2024-01-05T07:30Z', is('2024-01-05 07:30:00')],
    ]);
  });

  test('that do not exist or are no times are no times', async () => {
    const texts = [
      ...['2024-01-05', '2024-01-05 24:00:00', '2024-01-05 23:60', '2024-01-05 23:59:60', '2024-02-30 10:00:00'],
      ...['0000-01-01 00:00:00', '2024-01-05 7:30', '07:30', '2024-01-05 07:30 PM', 'now', '2024-01-05 07:30:00 CET'],
    ];
    await expectCells(
      'visits',
      'admitted_at',
      texts.map((text) => [text, missing('not_a_time')]),
    );
  });
});

describe('codes', () => {
  test('mean their value by any synonym in any case', async () => {
    await expectCells('patients', 'gender', [
      ['Male', is('Male')],
      ['MALE', is('Male')],
      [' m\t', is('Male')],
      ['W', is('Female')],
      ['Unknown/Invalid', is('Unknown')],
      ['xyz', missing('not_allowed')],
      ["M' or '1'='1", missing('not_allowed')],
    ]);
    await expectCells('patients', 'smoker_status', [
      ['yes', is('Current')],
      ['0', is('Never')],
      ['Ex-Smoker', is('Former')],
    ]);
    await expectCells('visits', 'readmitted_within_30_days', [
      ['<30', is('Yes')],
      ['> 30', is('No')],
    ]);
  });
});

describe('lists', () => {
  test('are parted by ; or |, without blanks and without empty elements', async () => {
    await expectCells('patients', 'chronic_conditions', [
      ['Diabetes', is(['Diabetes'])],
      ['Diabetes;Asthma', is(['Diabetes', 'Asthma'])],
      ['Diabetes ; Heart failure|COPD', is(['Diabetes', 'Heart failure', 'COPD'])],
      [';Diabetes;;Asthma; ', is(['Diabetes', 'Asthma'])],
      ['Diabetes, type 2', is(['Diabetes, type 2'])],
      [';', nothing],
      ['None', nothing],
    ]);
  });
});

describe('blood pressures', () => {
  test('are two numbers of mmHg, the first above the second, both within the bounds', async () => {
    await expectCells('visits', 'blood_pressure', [
      ['120/80', is('120/80')],
      ['120 / 80', is('120/80')],
      ['120/80 mmHg', is('120/80')],
      ['120/80mm Hg', is('120/80')],
      ['090/060', is('90/60')],
      ['300/20', is('300/20')],
      ['301/80', missing('out_of_range')],
      ['120/19', missing('out_of_range')],
      ['80/120', missing('not_blood_pressure')],
      ['80/80', missing('not_blood_pressure')],
      ['120', missing('not_blood_pressure')],
      ['120/', missing('not_blood_pressure')],
      ['120/80/60', missing('not_blood_pressure')],
      ['120-80', missing('not_blood_pressure')],
      ['1200/80', missing('not_blood_pressure')],
      ['99999999999999999999/80', missing('not_blood_pressure')],
    ]);
  });
});
