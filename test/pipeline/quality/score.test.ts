// The score, the grade and what becomes of a waived check, against figures computed by hand.
import { describe, expect, test } from 'vitest';
import { type Check, check, type Severity } from '../../../src/catalog/checks/check.js';
import { isBelow, judge } from '../../../src/pipeline/quality/score.js';

const named = (id: string, severity: Severity, threshold = 0.01): Check =>
  check({
    id,
    category: 'value',
    severity,
    table: 'visits',
    field: null,
    threshold,
    explanation: 'It fails.',
    look: { at: 'duplicates' },
  });

const none = { thresholds: {}, waivers: [] };
const count = (check_id: string, failed_rows: number, total_rows: number) => ({ check_id, failed_rows, total_rows });
const minor = named('minor', 'minor');
const major = named('major', 'major');
const critical = named('critical', 'critical');
const good = [count('minor', 0, 1000), count('major', 10, 1000), count('critical', 0, 1000)];

describe('the score', () => {
  test('is 100 where every check passes, at its threshold too', () => {
    expect(judge([minor, major, critical], good, none, '2024-01-01')).toMatchObject({ score: 100, grade: 'A' });
  });

  test.each([
    ['just above the threshold earns half', 11, (12 - 1 + 0.5 * (1 - Math.log10(1.1))) / 12],
    ['ten times the threshold earns nothing', 100, 11 / 12],
    ['a hundred times the threshold earns nothing either', 1000, 11 / 12],
  ])('%s of the weight of its severity', (_, failed, share) => {
    // Weights 1 (minor), 3 (major) and 9 (critical); 13 in all, of which the minor check has one.
    const counts = [count('minor', failed, 1000), ...good.slice(1)];
    const expected = Math.round((1000 * (share * 12 + 1)) / 13) / 10;
    expect(judge([minor, major, critical], counts, none, '2024-01-01').score).toBe(expected);
  });

  test('a threshold of 0 forgives nothing', () => {
    const strict = named('strict', 'minor', 0);
    expect(judge([strict], [count('strict', 1, 1_000_000)], none, '2024-01-01')).toMatchObject({
      score: 0,
      grade: 'F',
    });
  });

  test('a check that had nothing to look at counts neither way', () => {
    const report = judge([minor, major], [count('minor', 0, 10), count('major', 0, 0)], none, '2024-01-01');
    expect(report.score).toBe(100);
    expect(report.checks[1]).toMatchObject({ passed: null, status: 'not applicable' });
  });
});

describe('the grade', () => {
  const many = Array.from({ length: 60 }, (_, n) => named(`passes${n}`, 'major'));
  const passing = many.map(({ id }) => count(id, 0, 100));

  test.each([
    ['A', minor, 'minor'],
    ['B', major, 'major'],
    ['C', critical, 'critical'],
  ])('is %s at best while a check of its severity fails', (grade, failing, id) => {
    const report = judge([...many, failing], [...passing, count(id, 11, 1000)], none, '2024-01-01');
    expect(report.score).toBeGreaterThanOrEqual(95);
    expect(report.grade).toBe(grade);
  });

  test('is below another where it is worse', () => {
    expect([isBelow('C', 'B'), isBelow('B', 'B'), isBelow('A', 'B')]).toEqual([true, false, false]);
  });
});

describe('settings', () => {
  const counts = [count('critical', 500, 1000), count('minor', 0, 10)];
  const waiver = { check: 'critical', reason: 'known', until: '2024-03-31' };

  test('a threshold of the workspace takes the place of the own one', () => {
    const report = judge([critical], counts, { thresholds: { critical: 0.5 }, waivers: [] }, '2024-01-01');
    expect(report).toMatchObject({ grade: 'A', checks: [{ threshold: 0.5, status: 'passed' }] });
  });

  test('a waiver holds through its last day', () => {
    const settings = { thresholds: {}, waivers: [waiver] };
    expect(judge([critical, minor], counts, settings, '2024-03-31')).toMatchObject({
      grade: 'A',
      score: 100,
      checks: [{ status: 'waived', passed: false, waiver: { reason: 'known', expired: false } }, { status: 'passed' }],
    });
    expect(judge([critical, minor], counts, settings, '2024-04-01')).toMatchObject({
      grade: 'F',
      checks: [{ status: 'failed', waiver: { expired: true } }, { status: 'passed' }],
    });
  });
});
