// Quality in a run: the grade in the manifest, settings of the workspace, a run that is not good enough, failing rows and
// the report in HTML.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isCoded } from '../../../src/errors.js';
import { type FailingRow, readFailingRows } from '../../../src/pipeline/quality/failing.js';
import { qualityHtml } from '../../../src/pipeline/quality/html.js';
import { readQuality, readTrend } from '../../../src/pipeline/quality/read.js';
import { openWorkspace, type Workspace } from '../harness.js';

const patients = `patient_id,birth_date,gender,bmi
P1,1980-01-01,Male,24
P2,1975-05-05,Female,
P3,1990-02-02,Male,obese
`;
const visits = `visit_id,patient_id,visit_date,discharge_date,visit_type
V1,P1,2024-01-05,2024-01-02,inpatient
V2,P2,2024-01-06,,outpatient
V3,P9,2024-01-07,,outpatient
V4,P1,1979-12-01,,outpatient
`;

let workspace: Workspace;
beforeEach(async () => {
  workspace = await openWorkspace();
});
afterEach(() => workspace.close());

async function failing(check: string, limit?: number): Promise<FailingRow[]> {
  const rows: FailingRow[] = [];
  const request = { check, ...(limit !== undefined && { limit }) };
  for await (const row of readFailingRows(workspace.lake, workspace.engine, request)) rows.push(row);
  return rows;
}

const resultOf = async (id: string) => (await readQuality(workspace.lake)).checks.find((check) => check.id === id);

describe('a run', () => {
  beforeEach(async () => {
    await workspace.land({ 'patients.csv': patients, 'visits.csv': visits });
    await workspace.run();
  });

  test('counts for each check the rows looked at and those that failed', async () => {
    const expected = {
      'patients.bmi.form': [1, 2],
      'patients.bmi.present': [1, 2],
      'patients.gender.present': [0, 3],
      'visits.patient_id.reference': [1, 4],
      'visits.discharge_date.after_visit': [1, 1],
      'visits.visit_date.after_birth': [1, 3],
      'visits.visit_id.required': [0, 4],
      'patients.death_date.form': [0, 0],
    };
    for (const [id, [failed_rows, total_rows]] of Object.entries(expected)) {
      expect(await resultOf(id), id).toMatchObject({ failed_rows, total_rows });
    }
    const { grade, quality } = await workspace.manifest();
    expect(grade).toBe(quality?.grade);
    expect(grade).toMatch(/^[CDF]$/);
  });

  test('shows the rows that fail, with what is wrong and where it came from', async () => {
    expect(await failing('visits.discharge_date.after_visit')).toEqual([
      expect.objectContaining({
        key: 'V1',
        value: 'visit_date 2024-01-05, discharge_date 2024-01-02',
        file: 'visits.csv',
        line: 2,
        used: true,
      }),
    ]);
    expect(await failing('patients.bmi.form')).toMatchObject([{ value: 'obese', file: 'patients.csv', line: 4 }]);
    expect(await failing('patients.bmi.present')).toMatchObject([{ key: 'P2', file: 'patients.csv', line: 3 }]);
    expect(await failing('visits.patient_id.reference', 0)).toEqual([]);
    const unknown = await failing('visits.nothing').catch((error: unknown) => error);
    expect(isCoded(unknown, 'CHECK_UNKNOWN')).toBe(true);
  });

  test('forgets a flaw once a later file corrects its row', async () => {
    await workspace.land(
      { 'more.csv': 'patient_id,birth_date,gender,bmi\nP3,1990-02-02,Male,31\n' },
      { as: 'patients' },
    );
    await workspace.run();
    expect(await resultOf('patients.bmi.form')).toMatchObject({ failed_rows: 0, total_rows: 2 });
  });

  test('has a report in HTML that needs nothing else, with whatever names escaped', async () => {
    const report = await readQuality(workspace.lake);
    const page = qualityHtml('<img src=x onerror=alert(1)>', report, await readTrend(workspace.lake));
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).not.toContain('<img');
    expect(page).not.toMatch(/<script|src=["']|href=|url\(/);
    expect(page).toContain('visits.discharge_date.after_visit');
    expect(page).not.toContain('1979-12-01');
  });
});

describe('a rejected row', () => {
  const header = 'patient_id,birth_date,gender\n';

  test('counts until a later batch brings its key', async () => {
    await workspace.land({ 'patients.csv': `${header}P1,1980-13-01,Male\nP2,1980-01-01,Male\n` });
    await workspace.run();
    expect(await resultOf('patients.birth_date.form')).toMatchObject({ failed_rows: 1, total_rows: 2 });
    await workspace.land({ 'later.csv': `${header}P1,1980-12-01,Male\n` }, { as: 'patients' });
    await workspace.run();
    expect(await resultOf('patients.birth_date.form')).toMatchObject({ failed_rows: 0, total_rows: 2 });
  });

  test('and a record that could not be read count until a later full extract comes', async () => {
    await workspace.land({ 'patients.csv': `${header},1980-01-01,Male\nP2,1980\n` });
    await workspace.run();
    expect(await resultOf('patients.patient_id.required')).toMatchObject({ failed_rows: 1 });
    expect(await resultOf('records.too_few_fields')).toMatchObject({ failed_rows: 1, total_rows: 2 });
    expect(await failing('records.too_few_fields')).toMatchObject([{ key: null, line: 3, used: false }]);
    await workspace.land({ 'all.csv': `${header}P2,1980-01-01,Male\n` }, { as: 'patients', mode: 'snapshot' });
    await workspace.run();
    expect(await resultOf('patients.patient_id.required')).toMatchObject({ failed_rows: 0 });
    expect(await resultOf('records.too_few_fields')).toMatchObject({ failed_rows: 0, total_rows: 1 });
  });
});

test('patients without name and birth date are no twins of each other, those with the same ones are', async () => {
  const header = 'patient_id,name,birth_date,age,gender\n';
  const rows = ['P1,,,40,Male', 'P2,,,40,Male', 'P3,Ann Lee,1980-01-01,,Female', 'P4,Ann Lee,1980-01-01,,Female'];
  await workspace.land({ 'patients.csv': `${header}${rows.join('\n')}\n` });
  await workspace.run();
  expect(await resultOf('patients.content.unique')).toMatchObject({ failed_rows: 1, total_rows: 2 });
  expect(await failing('patients.content.unique')).toMatchObject([{ key: 'P4', value: 'as P3' }]);
});

describe('a run below the grade that was asked for', () => {
  const clean = 'patient_id,birth_date,gender\nP1,1980-01-01,Male\n';
  const dirty = 'visit_id,patient_id,visit_date\nV1,P7,2024-01-01\n';

  test('is not published; its report is kept, and the one before stays', async () => {
    await workspace.land({ 'patients.csv': clean });
    const first = await workspace.run({ failBelow: 'A' });
    await workspace.land({ 'visits.csv': dirty });
    const refused = await workspace.run({ failBelow: 'B' }).catch((error: unknown) => error);
    expect(isCoded(refused, 'QUALITY_BELOW')).toBe(true);
    expect((await workspace.manifest()).id).toBe(first.manifest.id);
    const trend = await readTrend(workspace.lake);
    expect(trend.map(({ run, published }) => [run, published])).toEqual([
      [first.manifest.id, true],
      [expect.stringMatching(/^000002-/), false],
    ]);
    const report = await readQuality(workspace.lake, trend[1]?.run);
    expect(report.checks.find(({ id }) => id === 'visits.patient_id.reference')).toMatchObject({ status: 'failed' });

    const { manifest, published } = await workspace.run();
    expect([manifest.id, published]).toEqual([trend[1]?.run, true]);
    const again = await workspace.run({ failBelow: 'B' }).catch((error: unknown) => error);
    expect(isCoded(again, 'QUALITY_BELOW')).toBe(true);
    expect((await workspace.manifest()).id).toBe(manifest.id);
  });
});

describe('quality.json', () => {
  const put = (content: unknown) => workspace.lake.put('quality.json', JSON.stringify(content));

  test('makes a new run with its thresholds and waivers, and the same settings make none', async () => {
    await workspace.land({ 'patients.csv': patients, 'visits.csv': visits });
    const before = await workspace.run();
    await put({
      thresholds: { 'patients.bmi.form': 0.9 },
      waivers: [{ check: 'visits.patient_id.reference', reason: 'merging hospitals', until: '2024-12-31' }],
    });
    const after = await workspace.run();
    expect(after.manifest.parent).toBe(before.manifest.id);
    expect(await resultOf('patients.bmi.form')).toMatchObject({ status: 'passed', threshold: 0.9 });
    expect(await resultOf('visits.patient_id.reference')).toMatchObject({ status: 'waived' });
    expect((await workspace.run()).published).toBe(false);
  });

  test.each([
    ['a check that is none', { thresholds: { 'visits.x': 0.1 } }, 'thresholds.visits.x', '0.1'],
    ['a share above 1', { thresholds: { 'patients.bmi.form': 5 } }, 'thresholds.patients.bmi.form', '5'],
    ['thresholds that are a list', { thresholds: [] }, 'thresholds', '[]'],
    ['an unknown name', { treshold: {} }, 'treshold', '{}'],
    ['waivers that are no list', { waivers: {} }, 'waivers', '{}'],
    [
      'a waiver without a reason',
      { waivers: [{ check: 'patients.bmi.form', until: '2024-01-01' }] },
      'waivers[0].reason',
      'missing',
    ],
    [
      'a day that does not exist',
      { waivers: [{ check: 'patients.bmi.form', reason: 'x', until: '2024-02-30' }] },
      'waivers[0].until',
      '"2024-02-30"',
    ],
    ['a text', 'good', 'quality.json', '"good"'],
  ])('is refused for %s, naming field and value', async (_, content, field, value) => {
    await workspace.land({ 'patients.csv': patients });
    await put(content);
    const refused = await workspace.run().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'QUALITY_SETTINGS', faults: [{ field, value }] });
  });
});
