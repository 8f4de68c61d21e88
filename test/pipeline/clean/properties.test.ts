// Cleaning against an oracle that knows no SQL, and against any text whatever.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { fieldNamed, tableNamed } from '../../../src/catalog/catalog.js';
import { rowsOf } from '../../../src/engine/engine.js';
import { stepHash } from '../../../src/engine/step.js';
import { runSteps, stepFiles } from '../../../src/pipeline/runner.js';
import { openWorkspace, type Row, type Workspace } from '../harness.js';
import { type Cell, cells, cleanRows } from './cells.js';
import { dayExists, isMissing, numberCell } from './oracle.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
});
afterAll(() => workspace.close());

/** Every landing costs a step, so each tries many texts. */
const many = <Value>(one: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> =>
  fc.array(one, { minLength: 200, maxLength: 250, size: 'max' });
/** Shrinking would land hundreds of files; the text at fault is named anyway. */
const runs = { numRuns: 5, endOnFailure: true };

const digits = (maxLength: number) => fc.stringMatching(new RegExp(`^[0-9]{0,${maxLength}}$`));
const numberish = fc
  .record({
    sign: fc.constantFrom('', '', '', '+', '-'),
    whole: fc.oneof(digits(3), digits(3), digits(20)),
    point: fc.constantFrom('', '.'),
    fraction: fc.oneof(fc.constantFrom('', '0', '5', '05', '005', '45', '50', '95'), digits(3), digits(30)),
    exponent: fc.oneof(
      { weight: 4, arbitrary: fc.constant('') },
      fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), digits(3)).map((parts) => parts.join('')),
    ),
    blanks: fc.constantFrom('', '', ' ', '\u00a0', '\t', '\u2009', '\u3000'),
  })
  .map(({ sign, whole, point, fraction, exponent, blanks }) => sign + whole + point + fraction + exponent + blanks);

describe('a number in any spelling', () => {
  test.each([
    ['patients', 'age'],
    ['patients', 'bmi'],
    ['visits', 'severity_score'],
    ['visits', 'heart_rate'],
    ['visits', 'visit_order'],
    ['prescriptions', 'quantity'],
  ])('becomes in %s.%s what exact arithmetic says', async (table, name) => {
    const field = fieldNamed(tableNamed(table), name);
    await fc.assert(
      fc.asyncProperty(many(numberish), async (texts) => {
        const found = await cells(workspace, table, name, texts);
        for (const [n, text] of texts.entries()) expect([text, found[n]]).toEqual([text, numberCell(text, field)]);
      }),
      runs,
    );
  });
});

describe('a date in any form', () => {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = fc.record({
    year: fc.oneof(fc.integer({ min: 1900, max: 2023 }), fc.integer({ min: 0, max: 2023 })),
    month: fc.integer({ min: 0, max: 13 }),
    day: fc.integer({ min: 0, max: 32 }),
    form: fc.integer({ min: 0, max: 6 }),
  });

  test('is the day that it names, or no date', async () => {
    await fc.assert(
      fc.asyncProperty(many(day), async (days) => {
        const texts = days.map(({ year, month, day, form }) => {
          const y = String(year).padStart(4, '0');
          const [m, d] = [two(month), two(day)];
          const forms = [`${y}-${m}-${d}`, `${y}/${m}/${d}`, `${y}${m}${d}`, `${d}.${m}.${y}`, `${day}.${month}.${y}`];
          return [...forms, `${y}-${m}-${d}T23:59:59Z`, `${day}/${month}/${y}`][form] ?? '';
        });
        const expected = days.map(({ year, month, day }): Cell => {
          if (!dayExists(year, month, day)) return { value: null, missing: 'not_a_date' };
          return { value: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` };
        });
        const mapping = { columns: {}, dates: 'dmy' } as const;
        const found = await cells(workspace, 'visits', 'discharge_date', texts, { mapping });
        expect(texts.map((text, n) => [text, found[n]])).toEqual(texts.map((text, n) => [text, expected[n]]));
      }),
      runs,
    );
  });
});

describe('any text whatever', () => {
  const nasty = fc.constantFrom(
    ...[
      '␞',
      '␟',
      '"',
      "'",
      '\n',
      '\r\n',
      '\\',
      '%',
      '_',
      '|',
      ';',
      ',',
      '1e400',
      '99999999999999999999',
      '-',
      'é',
      '\u2028',
    ],
    ...[
      'mg/dL',
      ' mmol/L',
      '999999999999',
      '/',
      '120/80',
      '2024-02-30',
      '24:00',
      'T',
      'Z',
      '.',
      'e',
      '+',
      '9'.repeat(40),
    ],
    ...['\u00a0', '\t', 'none', 'NA', '$1', ':x', '$x', '\u0001', '😀', '\ufeff', 'ß', 'İ', '12:30', '0000-01-01', '❤️'],
  );
  const anyText = fc.oneof(
    fc.array(nasty, { maxLength: 4 }).map((parts) => parts.join('')),
    // No NUL: a record with one never gets as far as cleaning.
    fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
    numberish,
    fc.constantFrom('x'.repeat(501), '', '7', '2024-01-05', '2024-01-05 10:00:00'),
  );

  test.each(['patients', 'visits', 'prescriptions', 'diagnoses', 'procedures', 'observations'])(
    'in every field of %s is accepted, set missing with a reason, or rejects its row with a reason',
    async (name) => {
      const table = tableNamed(name);
      const columns = table.fields.map((field) => field.name);
      const record = fc.array(anyText, { minLength: columns.length, maxLength: columns.length, size: 'max' });
      await fc.assert(
        fc.asyncProperty(fc.array(record, { minLength: 20, maxLength: 25, size: 'max' }), async (records) => {
          const fresh = await openWorkspace();
          onTestFinished(fresh.close);
          const rows = await cleanRows(fresh, name, columns, records);
          expect(rows).toHaveLength(records.length);
          const issues = await openedIssues(fresh);
          for (const [n, row] of rows.entries()) {
            const own = issues.filter(({ _row }) => _row === row._row);
            expect(row._rejected).toBe(own.some(({ action }) => action === 'reject'));
            for (const [at, field] of table.fields.entries()) {
              const text = records[n]?.[at] ?? '';
              const issue = own.find((one) => one.field === field.name);
              const value = row[field.name];
              if (issue) {
                expect(issue).toMatchObject({ action: field.invalid, value: shown(text) });
                expect(value).toBeNull();
              } else if (value === null) {
                expect([field.name, text, holdsNothing(text)]).toEqual([field.name, text, true]);
              }
            }
          }
        }),
        runs,
      );
    },
  );

  /**
   * As an issue tells a value: at most 500 characters, and without the two signs that part issues. DuckDB's client takes a
   * byte order mark at the start of a text away as it hands it over.
   */
  const shown = (text: string) =>
    [...text]
      .slice(0, 500)
      .join('')
      .replaceAll(/[␞␟]/g, ' ')
      .replace(/^\ufeff/, '');

  /** Missing, or nothing but separators of lists and words for nothing. */
  const holdsNothing = (text: string) =>
    isMissing(text) || text.split(/[;|]/).every((part) => part === '' || isMissing(part));

  /** The issues as the step that reports them opens them. */
  async function openedIssues({ plan, lake, engine }: Workspace): Promise<Row[]> {
    const { issues } = await plan();
    await runSteps([issues], { lake, engine });
    const inputs = { issues: await stepFiles(lake, stepHash(issues)) };
    return rowsOf<Row>(engine, { name: 'test', sql: 'select * from issues', inputs });
  }
});
