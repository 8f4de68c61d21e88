// Models as a user has them: trained by the demo, asked over HTTP and by file, gone back from; and refused where they must be.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelCard } from '../../src/models/card/schema.js';
import { type Drift, drift } from '../../src/models/drift/drift.js';
import { logOdds } from '../../src/models/evaluate/log-odds.js';
import { curl, curlPost } from './curl.js';
import { Place } from './place.js';
import { type Served, serving } from './served.js';

interface Line {
  readonly model: string;
  readonly version: string;
  readonly promoted: boolean;
  readonly auroc?: number;
  readonly reused: boolean;
}

interface Problem {
  readonly success: false;
  readonly code: string;
  readonly message: string;
  readonly errors: readonly { field: string }[];
}

/** The requests of the guide of the system that this one replaces. */
const requests = {
  readmission: {
    age: 65,
    gender: 'Male',
    bmi: 28.5,
    smoker_status: 'yes',
    number_of_previous_visits: 3,
    length_of_stay: 5,
    severity_score: 7,
    diagnosis_description: 'Diabetes',
    previous_visit_gap_days: 30,
  },
  risk: {
    age: 70,
    gender: 'Female',
    bmi: 32,
    smoker_status: 'no',
    number_of_previous_visits: 5,
    length_of_stay: 7,
    severity_score: 8,
    diagnosis_description: 'Heart Disease',
  },
  progression: { severity_score: 6, length_of_stay: 4, age: 55, bmi: 27 },
};

let place: Place;
let trained: readonly Line[];
beforeAll(async () => {
  place = await Place.make();
  trained = (await place.json<{ models: Line[] }>(['demo', '--patients', '2000', '--no-serve'])).models;
});
afterAll(() => place.remove());

describe('the demo', () => {
  test('trains the three models, and those that beat their baseline are served', async () => {
    expect(trained.map(({ model }) => model)).toEqual(['readmission', 'risk', 'progression']);
    const { models } = await place.json<{ models: { model: string; version: string; served_since: string | null }[] }>([
      'models',
      'list',
    ]);
    for (const { model, version, promoted } of trained) {
      expect(models).toContainEqual(
        expect.objectContaining({ model, version, served_since: promoted ? expect.any(String) : null }),
      );
    }
    expect(trained.find(({ model }) => model === 'readmission')).toMatchObject({ promoted: true });
  });

  test('a card has the shape that is described, and is one page that names its baseline', async () => {
    const card = await place.json<object>(['models', 'card', 'readmission', '--html', 'card.html']);
    expect(Compile(modelCard).Errors(card).slice(0, 3)).toEqual([]);
    expect(card).toMatchObject({ source: 'default', label: { name: 'unplanned readmission within 30 days' } });
    const page = await readFile(join(place.path, 'card.html'), 'utf8');
    expect(page).toMatch(/LACE/);
    expect(page).not.toMatch(/https?:\/\/(?!www[.]w3[.]org)/);
    expect((await place.run(['models', 'card', 'readmission'])).stdout).toMatch(/^For use: /m);
  });

  test('the same training again is the same version, and nothing is stored', async () => {
    const options = ['--trials', '1', '--folds', '3', '--algorithm', 'logistic'];
    const once = await place.json<{ models: Line[] }>(['train', 'readmission', ...options]);
    const again = await place.json<{ models: Line[] }>(['train', 'readmission', ...options]);
    expect(once.models[0]).toMatchObject({ reused: false });
    expect(again.models[0]).toMatchObject({ reused: true, version: once.models[0]?.version });
    expect(await place.json(['models', 'rollback', 'readmission'])).toMatchObject({ version: trained[0]?.version });
  });
});

test('a deep look of the doctor asks every served model about patients of the run', async () => {
  const { checks } = await place.json<{ checks: { name: string; state: string; detail: string }[] }>([
    'doctor',
    '--deep',
  ]);
  const found = Object.fromEntries(checks.map((check) => [check.name, check]));
  for (const { model, promoted } of trained.filter((line) => line.promoted)) {
    expect([model, promoted, found.models]).toMatchObject([model, true, { state: 'ok' }]);
    expect(found.models?.detail).toContain(`${model} 0`);
    expect(found.predictions?.detail).toMatch(new RegExp(`${model} about [1-9][0-9]* patients`));
  }
  expect([found.predictions?.state, found.analytics?.state]).toEqual(['ok', 'ok']);
  // Whom they were asked about is in the audit log.
  await place.json(['audit', 'export', 'audit.csv']);
  const lines = parse(await readFile(join(place.path, 'audit.csv')), { columns: true }) as Record<string, string>[];
  const asked = lines.filter(({ from }) => from === 'carelake doctor');
  const served = trained.filter(({ promoted }) => promoted);
  expect(asked.map(({ action, table, detail }) => [action, table, detail])).toEqual(
    served.map(({ model, version }) => ['ask', 'patients', `${model} ${version}`]),
  );
  for (const { ids } of asked) expect(ids?.match(/P[0-9]+/g)).toHaveLength(100);
});

describe('over HTTP', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serving(place, ['serve', '--port', '0']);
  });
  afterAll(() => served.stop());

  const post = async <Body>(path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(served.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as Body };
  };
  type Explained = Record<string, unknown> & { explanation: { feature: string; contribution: number }[] };
  const sumOf = ({ explanation }: Explained) => explanation.reduce((sum, { contribution }) => sum + contribution, 0);

  test('the requests of the old guide are answered, and an explanation sums to its prediction', async () => {
    const { status, body } = await post<Explained>('/api/ml/predict/readmission', requests.readmission);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: true,
      prediction: expect.stringMatching(/^(HIGH|MEDIUM|LOW)_RISK$/),
      model: { name: 'readmission', version: trained[0]?.version },
      recommendation: expect.any(String),
      warnings: expect.arrayContaining([expect.objectContaining({ message: expect.stringMatching(/missing/) })]),
    });
    expect(sumOf(body)).toBeCloseTo(logOdds(body.probability as number), 6);
    const risk = await post<Explained>('/api/ml/predict/risk-score', requests.risk);
    const progression = await post<Explained>('/api/ml/predict/disease-progression', requests.progression);
    for (const [answer, line] of [
      [risk, trained[1]],
      [progression, trained[2]],
    ] as const) {
      expect(answer.status).toBe(line?.promoted ? 200 : 503);
    }
    if (trained[1]?.promoted) expect(sumOf(risk.body)).toBeCloseTo(logOdds((risk.body.risk_score as number) / 100), 6);
  });

  test('curl is answered in the shapes there always were, and a batch as the single questions are', async () => {
    const asked = (path: string, body: object) => curlPost(`${served.url}/api/ml/${path}`, body);
    const answers = [
      await asked('predict/readmission', requests.readmission),
      await asked('predict/risk-score', requests.risk),
      await asked('predict/disease-progression', requests.progression),
    ];
    const shapes = [
      {
        prediction: expect.stringMatching(/^(HIGH|MEDIUM|LOW)_RISK$/),
        ...{ probability: expect.any(Number), recommendation: expect.any(String) },
      },
      {
        risk_score: expect.any(Number),
        ...{ category: expect.stringMatching(/^(Low|Moderate|High) Risk$/), percentile: expect.any(Number) },
      },
      {
        prediction: expect.stringMatching(/^(IMPROVING|STABLE|WORSENING)$/),
        progression: expect.stringMatching(/^(Improving|Stable|Worsening)$/),
        confidence: expect.any(Number),
        probabilities: { improving: expect.any(Number), stable: expect.any(Number), worsening: expect.any(Number) },
      },
    ];
    const refused = { status: 503, success: false, code: 'MODEL_NOT_SERVED' };
    for (const [at, { model, version, promoted }] of trained.entries()) {
      const answered = { status: 200, success: true, model: { name: model, version }, ...shapes[at] };
      expect([model, answers[at]]).toMatchObject([model, promoted ? answered : refused]);
    }
    const patient_data = { age: 65, gender: 'Male', bmi: 28.5 };
    const visit_data = { length_of_stay: 5, severity_score: 7 };
    const batch = await asked('batch-predict', { patient_data, visit_data });
    expect(batch).toMatchObject({ status: 200, success: true });
    const {
      status: _,
      success: __,
      as_of: ___,
      ...single
    } = await asked('predict/readmission', {
      ...{ ...patient_data, ...visit_data },
    });
    expect(batch.readmission).toEqual(single);
    const loaded = (await curl(`${served.url}/api/ml/load-models`)) as unknown as { models: object[] };
    const promoted = trained.filter((line) => line.promoted);
    expect(loaded).toMatchObject({ status: 200, success: true });
    expect(loaded.models).toEqual(
      expect.arrayContaining(
        promoted.map(({ model: name, version }) =>
          expect.objectContaining({ name, version, promoted_at: expect.any(String) }),
        ),
      ),
    );
  });

  test('prev_severity is severity_score, and an unknown field is a warning', async () => {
    const [one, other] = [
      await post<Explained>('/api/ml/predict/readmission', { ...requests.readmission, shoe_size: 43 }),
      await post<Explained>('/api/ml/predict/readmission', {
        ...requests.readmission,
        severity_score: undefined,
        prev_severity: 7,
      }),
    ];
    expect(other.body.probability).toBe(one.body.probability);
    expect(one.body.warnings).toContainEqual({ field: 'shoe_size', message: 'No such field is known.' });
  });

  test.each([
    ['nothing', {}, 'FEATURE_EMPTY', []],
    ['what cannot be', { age: 999, bmi: 'fat' }, 'FEATURE_INVALID', ['age', 'bmi']],
    ['a patient with more beside it', { patient_id: 'P1', age: 3 }, 'REQUEST_INVALID', ['age']],
  ])('%s is refused', async (_, body, code, fields) => {
    const answer = await post<Problem>('/api/ml/predict/readmission', body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body.code).toBe(code);
    expect(answer.body.errors.map(({ field }) => field)).toEqual(fields);
  });

  test('a patient of the published run is asked about by id, one that is none is told', async () => {
    const [[id]] = (await place.query(
      'select patient_id from stays group by patient_id having not bool_or(died) and bool_and(is_index) order by patient_id limit 1',
    )) as [[string]];
    const { status, body } = await post<Explained>('/api/ml/predict/readmission', { patient_id: id });
    expect(status).toBe(200);
    const as_of = { run: expect.stringMatching(/^[0-9]{6}-[0-9a-f]+$/), pending_entries: 0 };
    expect(body).toMatchObject({ as_of, baseline: { name: 'LACE', score: expect.any(Number) } });
    expect(await post('/api/ml/predict/readmission', { patient_id: 'nobody' })).toMatchObject({
      status: 404,
      body: { code: 'MODEL_NO_CASE' },
    });
  });

  test('a batch answers all three models for each, and says where one failed', async () => {
    const { body } = await post<{ results: Record<string, object>[] }>('/api/ml/batch-predict', {
      patients: [requests.readmission, { age: -1 }],
    });
    expect(body.results).toHaveLength(2);
    expect(body.results[0]?.readmission).toHaveProperty('probability');
    expect(body.results[1]?.readmission).toMatchObject({
      code: 'FEATURE_INVALID',
      message: expect.stringMatching(/age/),
    });
    const { body: wrong } = await post<{ results: Record<string, object>[] }>('/api/ml/batch-predict', {
      patients: [{ patient_id: 'nobody' }, { patient_id: 'P1', age: 3 }, 3],
    });
    expect(wrong.results.map(({ readmission }) => readmission)).toEqual([
      expect.objectContaining({ code: 'MODEL_NO_CASE' }),
      expect.objectContaining({ code: 'REQUEST_INVALID' }),
      expect.objectContaining({ code: 'FEATURE_INVALID' }),
    ]);
    const { body: one } = await post('/api/ml/batch-predict', {
      patient_data: { age: 65 },
      visit_data: { length_of_stay: 5 },
    });
    expect(one).toMatchObject({
      success: true,
      as_of: { pending_entries: 0 },
      readmission: { prediction: expect.any(String) },
    });
    expect(one).toHaveProperty('risk_score');
    expect(one).toHaveProperty('disease_progression');
  });

  test('a batch by id says of each patient what the single question says, and the many what the few do', async () => {
    const ids = (
      await place.query(
        'select patient_id from stays group by patient_id having not bool_or(died) and bool_and(is_index) order by patient_id limit 7',
      )
    ).map(([id]) => ({ patient_id: id }));
    const patients = [...ids.slice(0, 3), requests.readmission, ...ids.slice(3)];
    const { body } = await post<{ as_of: object; results: { readmission: Explained }[] }>('/api/ml/batch-predict', {
      patients,
    });
    expect(body.results).toHaveLength(patients.length);
    for (const [at, patient] of patients.entries()) {
      const { success: _, as_of, ...single } = (await post<Explained>('/api/ml/predict/readmission', patient)).body;
      expect(body.results[at]?.readmission).toEqual(single);
      expect(body.as_of).toEqual(as_of);
    }
  });

  test('the work list is filled with the most urgent of those seen lately, and who was seen to does not come back', async () => {
    type Filled = Record<'looked_at' | 'urgent' | 'added' | 'there', number>;
    type Listed = { id: string; version: number; due: string; said: { prediction: string; probability: number } };
    const fill = async (most: number) =>
      (await post<Filled>('/api/worklist/fill', { model: 'readmission', days: 21, most })).body;
    const list = async () =>
      ((await (await fetch(`${served.url}/api/worklist?reason=readmission&limit=1000`)).json()) as { items: Listed[] })
        .items;
    const first = await fill(1);
    expect(first.looked_at).toBeGreaterThan(first.urgent);
    expect(first.urgent).toBeGreaterThan(1);
    expect(first).toMatchObject({ added: 1, there: 0 });
    const [most] = await list();
    expect(most).toMatchObject({
      due: expect.any(String),
      overdue: expect.any(Boolean),
      patient: { death_date: null },
    });
    await fetch(`${served.url}/api/worklist/${most?.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ version: most?.version, state: 'done' }),
    });
    expect(await fill(1000)).toMatchObject({ urgent: first.urgent, added: first.urgent - 1, there: 1 });
    const items = await list();
    expect(items.map(({ said }) => said.prediction)).toEqual(Array(first.urgent - 1).fill('HIGH_RISK'));
    expect(Math.max(...items.map(({ said }) => said.probability))).toBeLessThanOrEqual(most?.said.probability ?? 0);
    const [[id]] = (await place.query(
      'select patient_id from stays group by patient_id having not bool_or(died) and bool_and(is_index) order by patient_id limit 1',
    )) as [[string]];
    const { body } = await post<{ item: Listed }>('/api/worklist', { patient_id: id, reason: 'readmission' });
    const { body: asked } = await post<{ probability: number }>('/api/ml/predict/readmission', { patient_id: id });
    expect(body.item.said.probability).toBe(asked.probability);
  });

  test('a promotion is taken up without a restart', async () => {
    const models = async () =>
      (await (await fetch(`${served.url}/api/ml/load-models`)).json()) as {
        models: { name: string; version: string }[];
      };
    const newer = await place.json<{ models: Line[] }>([
      'train',
      'readmission',
      '--trials',
      '1',
      '--folds',
      '4',
      '--algorithm',
      'logistic',
    ]);
    expect(newer.models[0]?.promoted).toBe(true);
    expect((await models()).models).toContainEqual(
      expect.objectContaining({ name: 'readmission', version: newer.models[0]?.version }),
    );
    const { body } = await post<Explained>('/api/ml/predict/readmission', requests.readmission);
    expect(body.model).toEqual({ name: 'readmission', version: newer.models[0]?.version });
    await place.json(['models', 'rollback', 'readmission']);
  });
});

test('what was asked over HTTP is kept, compared with what the model learned from, and with what happened', async () => {
  const served = await serving(place, ['serve', '--port', '0']);
  const [[id]] = (await place.query(
    'select patient_id from stays group by patient_id having not bool_or(died) and bool_and(is_index) order by patient_id limit 1',
  )) as [[string]];
  for (const body of [requests.readmission, { patient_id: id }]) {
    const asked = await fetch(`${served.url}/api/ml/predict/readmission`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(asked.status).toBe(200);
    expect(((await asked.json()) as { case: object | null }).case).toEqual(
      'patient_id' in body ? { id: expect.any(String), index_date: expect.any(String) } : null,
    );
  }
  const answer = await fetch(`${served.url}/api/models/readmission/drift`);
  const { drift: overHttp } = (await answer.json()) as { drift: Drift };
  expect(Compile(drift).Errors(overHttp).slice(0, 3)).toEqual([]);
  await served.stop();
  const found = await place.json<Drift>(['models', 'drift', 'readmission']);
  expect(found).toEqual(overHttp);
  const { questions, features, outcomes } = found;
  expect(questions).toBeGreaterThan(0);
  // Those who asked by fields did not say it, and in training it was hardly ever missing.
  const moved = features.find(({ feature }) => feature === 'discharge_disposition');
  expect(moved?.missing_now).toBeGreaterThan(moved?.missing_in_training ?? 1);
  expect(features[0]?.psi).toBeGreaterThan(features.at(-1)?.psi ?? 0);
  // The stay lies in the past: what followed it was known when the model was trained, and is no test of it.
  expect(outcomes.cases).toBe(0);
  expect(outcomes.left_out.learned_from).toBeGreaterThan(0);
  const { stdout } = await place.run(['models', 'drift', 'readmission']);
  expect(stdout).toMatch(/^[0-9]+ questions to readmission/);
  expect(stdout).toMatch(/^Of 0 predictions about known patients/m);
});

test('a file is answered row by row; a row that cannot be says why', async () => {
  await writeFile(
    join(place.path, 'in.csv'),
    'patient_id;age;gender;length_of_stay\nA;65;male;5\nB;999;female;2\nC;;;\n',
  );
  const written = await place.json(['predict', 'readmission', '--csv', 'in.csv', '--out', 'out.csv']);
  expect(written).toMatchObject({ rows: 3, failed: 2, file: 'out.csv' });
  const rows = parse(await readFile(join(place.path, 'out.csv'), 'utf8'), { columns: true }) as Record<
    string,
    string
  >[];
  expect(rows.map(({ patient_id, code }) => [patient_id, code])).toEqual([
    ['A', ''],
    ['B', 'FEATURE_INVALID'],
    ['C', 'FEATURE_EMPTY'],
  ]);
  expect(Number(rows[0]?.probability)).toBeGreaterThan(0);
  await writeFile(join(place.path, 'torn.csv'), 'age,gender\n65,male,3\n');
  expect(await place.failure(['predict', 'readmission', '--csv', 'torn.csv', '--out', 'torn-out.csv'])).toMatchObject({
    code: 'CSV_ROW',
    detail: expect.stringMatching(/torn.csv.* line 2/),
  });
});

test('without a trained model the answer is a code, and with too little data training says what is missing', async () => {
  const empty = await Place.make();
  try {
    await empty.json(['demo', '--patients', '20', '--no-train', '--no-serve']);
    expect(await empty.failure(['predict', 'risk', '--csv', 'in.csv', '--out', 'out.csv'])).toMatchObject({
      code: 'MODEL_NOT_SERVED',
    });
    expect(await empty.failure(['train', 'readmission'])).toMatchObject({
      code: 'MODEL_TOO_FEW',
      detail: expect.stringMatching(/[0-9]+ of "readmitted"/),
    });
    expect(await empty.failure(['train', 'readmission', '--source', 'nowhere'])).toMatchObject({
      code: 'MODEL_SOURCE_UNKNOWN',
    });
    expect(await empty.failure(['train', 'luck'])).toMatchObject({ code: 'USAGE', exit: 2 });
    const served = await serving(empty, ['serve', '--port', '0']);
    const answer = await fetch(`${served.url}/api/ml/predict/risk-score`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"age":70}',
    });
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([503, 'MODEL_NOT_SERVED']);
    await served.stop();
  } finally {
    await empty.remove();
  }
});
