// Every answer has the shape that the description of the interface says, and no question makes the server fail.
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { itemId } from '../../src/server/worklist/item.js';
import { type House, motleyHouse } from './house.js';

interface Description {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: { Problem: object } };
}

interface Operation {
  summary?: string;
  parameters?: { name: string; in: string; description?: string }[];
  responses: Record<string, { content?: Record<string, { schema: object; examples?: object }> }>;
}

let house: House;
let description: Description;
beforeAll(async () => {
  house = await motleyHouse();
  description = await house.get<Description>('/api/openapi.json');
});
afterAll(() => house.close());

/** The schema of an answer, by the path of the description. */
function schemaOf(path: string, status: number): object {
  const { responses } = description.paths[path]?.get ?? { responses: {} };
  const found = responses[status] ?? responses[`${Math.floor(status / 100)}XX`];
  const schema = Object.values(found?.content ?? {})[0]?.schema;
  if (!schema) throw new Error(`${path} describes no ${status}.`);
  return schema;
}

const faultsOf = (schema: object, value: unknown) => {
  const own = '$ref' in schema ? description.components.schemas.Problem : schema;
  const check = Compile(own as Parameters<typeof Compile>[0]);
  return check.Check(value) ? [] : check.Errors(value).slice(0, 3);
};

const asked: readonly [path: string, url: string][] = [
  ['/api/health', '/api/health'],
  ['/api/status', '/api/status'],
  ['/api/dashboard', '/api/dashboard'],
  ['/api/get-analytics', '/api/get-analytics'],
  [
    '/api/analytics/query',
    '/api/analytics/query?metrics=average_severity,deaths&by=month,facility&where=year=2023&compare=previous',
  ],
  ['/api/patients', '/api/patients?limit=1000'],
  ['/api/visits', '/api/visits?limit=1000'],
  ['/api/prescriptions', '/api/prescriptions?limit=1000'],
  ['/api/patients/{id}', '/api/patients/p1'],
  ['/api/visits/{id}', '/api/visits/v1'],
  ['/api/prescriptions/{id}', '/api/prescriptions/r1'],
  ...['patients', 'visits', 'prescriptions', 'diagnoses', 'procedures', 'observations', 'patient_summary', 'stays'].map(
    (table): [string, string] => [`/api/deidentified/${table}`, `/api/deidentified/${table}?limit=1000`],
  ),
  ['/api/patients/{id}/history', '/api/patients/p1/history'],
  ['/api/patients/{id}/timeline', '/api/patients/p1/timeline'],
  ['/api/visits/{id}/history', '/api/visits/v1/history'],
  ['/api/prescriptions/{id}/history', '/api/prescriptions/r1/history'],
  ['/api/runs', '/api/runs'],
  ['/api/quality', '/api/quality'],
  ['/api/quality/{check}', '/api/quality/visits.patient_id.reference'],
  ['/api/rejects', '/api/rejects?kind=missing'],
  ['/api/lineage', '/api/lineage?table=patient_summary&key=p1'],
  ['/api/lineage/metric', '/api/lineage/metric?metric=readmission_rate&by=month,gender'],
  ['/api/ml/load-models', '/api/ml/load-models'],
  ['/api/models', '/api/models'],
  ['/api/jobs', '/api/jobs'],
  ['/api/uploads', '/api/uploads'],
  ['/api/mappings', '/api/mappings'],
  ['/api/drafts', '/api/drafts'],
  ['/api/worklist', '/api/worklist?state=all'],
  ['/api/audit', '/api/audit?limit=1000'],
  ['/api/audit/verify', '/api/audit/verify'],
  ['/api/catalog', '/api/catalog'],
  ['/api/codes', '/api/codes'],
  ['/api/codes/{list}', '/api/codes/icd-10-chapters'],
  ['/api/errors', '/api/errors'],
  ['/api/auth/session', '/api/auth/session'],
];

test.each(asked)('%s answers in its shape', async (path, url) => {
  expect(faultsOf(schemaOf(path, 200), await house.get(url))).toEqual([]);
});

/** Asked with a body; test/end-to-end/models.test.ts and training.test.ts hold their answers, for they need models that are trained. */
const predictions = ['readmission', 'risk-score', 'disease-progression'].map((name) => `/api/ml/predict/${name}`);

test('what only trained models answer says by a code, in its shape, that there are none', async () => {
  for (const path of [...predictions, '/api/ml/batch-predict']) {
    const operation = description.paths[path]?.post;
    const { statusCode, body } = await house.server.inject({ method: 'POST', url: path, payload: { age: 65 } });
    const found = operation?.responses[statusCode] ?? operation?.responses[`${Math.floor(statusCode / 100)}XX`];
    const [content] = Object.values(found?.content ?? {});
    expect(faultsOf(content?.schema ?? {}, JSON.parse(body))).toEqual([]);
    expect(body).toContain('MODEL_NOT_SERVED');
  }
  const { statusCode, body } = await house.server.inject('/api/models/risk');
  expect(faultsOf(schemaOf('/api/models/{name}', statusCode), JSON.parse(body))).toEqual([]);
});

/** What only people who have signed in are answered: test/server/auth/shapes.test.ts holds their answers. */
const ofPeople = [
  '/api/auth/oidc/start',
  '/api/auth/oidc/callback',
  '/api/auth/token',
  '/api/auth/token/revoke',
  ...['sign-in', 'sign-out', 'password', 'link', 'link/owner', 'sessions', 'sessions/{id}'].map(
    (what) => `/api/auth/${what}`,
  ),
  ...['/api/users', '/api/users/{name}', '/api/users/{name}/link', '/api/keys', '/api/keys/{id}'],
];

const deidentifiedRows = [
  ...['patients', 'visits', 'prescriptions', 'stays'].map((table) => `/api/deidentified/${table}/{id}`),
  '/api/deidentified/patients/{id}/timeline',
];

test('one de-identified row, and what happened to a patient, are answered in their shape', async () => {
  for (const path of deidentifiedRows) {
    const table = path.split('/')[3] ?? '';
    const { [table]: rows = [] } = await house.get<Record<string, Record<string, string>[]>>(
      `/api/deidentified/${table}`,
    );
    const [code] = [rows[0]?.[`${table.slice(0, -1)}_id`]];
    expect(faultsOf(schemaOf(path, 200), await house.get(path.replace('{id}', code ?? '')))).toEqual([]);
  }
});

test('a run answers in its shape, and with this every path was asked', async () => {
  const { id } = await house.workspace.manifest();
  expect(faultsOf(schemaOf('/api/runs/{id}', 200), await house.get(`/api/runs/${id}`))).toEqual([]);
  expect(Object.keys(description.paths).sort()).toEqual(
    [
      ...asked.map(([path]) => path),
      ...predictions,
      ...['/api/patient', '/api/visit', '/api/prescription', '/api/events', '/metrics'],
      ...['/api/audit/export', '/api/upload', '/api/uploads/{id}', '/api/uploads/{id}/rejects'],
      ...['/api/mappings/{name}', '/api/drafts/{id}', '/api/worklist/{id}', '/api/worklist/fill'],
      ...['/api/runs/{id}', '/api/models/{name}', '/api/ml/batch-predict', '/api/jobs/{id}'],
      ...['drift', 'train', 'promote', 'rollback'].map((what) => `/api/models/{name}/${what}`),
      ...deidentifiedRows,
      ...ofPeople,
    ].sort(),
  );
});

interface Content {
  readonly schema: { readonly examples?: readonly unknown[] };
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/** The bodies of all answers that are none of a refusal. */
const answersDescribed = (): [name: string, content: Content][] =>
  Object.entries(description.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { responses }]) =>
      Object.entries(responses)
        .filter(([status]) => status.startsWith('2'))
        .flatMap(([, { content = {} }]) => Object.entries(content))
        .map(([type, content]): [string, Content] => [`${method} ${path} ${type}`, content as Content]),
    ),
  );

/** Of a body with a single type they stand beside its schema, else in it. */
const examplesOf = ({ schema, example, examples = {} }: Content): unknown[] => [
  ...(schema.examples ?? []),
  ...(example === undefined ? [] : [example]),
  ...Object.values(examples).map(({ value }) => value),
];

test('every answer that is none of a refusal has an example', () => {
  const lacking = answersDescribed().filter(([, content]) => examplesOf(content).length === 0);
  expect(lacking.map(([name]) => name)).toEqual([]);
});

test('no example of a list is one of nothing', () => {
  for (const [name, content] of answersDescribed()) {
    for (const example of examplesOf(content)) {
      const { count, total = count } = Object(example) as { count?: unknown; total?: unknown };
      if (typeof count !== 'number') continue;
      const [list] = Object.values(Object(example)).filter(Array.isArray);
      expect([name, list?.length, count > 0, Number(total) >= count]).toEqual([name, count, true, true]);
    }
  }
});

test('every operation has a summary, and examples are of the shape that they show', () => {
  expect(description.openapi).toBe('3.1.0');
  const summaries = Object.values(description.paths).flatMap((operations) => Object.values(operations));
  for (const { summary } of summaries) expect(summary).toBeTruthy();
  for (const [name, content] of answersDescribed()) {
    for (const example of examplesOf(content)) expect([name, ...faultsOf(content.schema, example)]).toEqual([name]);
  }
});

/** By which reading at a path is refused, as its description says. */
const codesOf = (path: string): string[] =>
  Object.values(description.paths[path]?.get?.responses ?? {})
    .flatMap(({ content = {} }) => Object.values(content))
    .flatMap(({ examples = {} }) => Object.keys(examples));

/** Texts that trip up parsers, SQL and patterns. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ maxLength: 10 }),
  fc.constantFrom(
    ...[
      "' or 1=1--",
      '; drop table visits',
      '\0',
      '..',
      '../..',
      '%',
      '$v0',
      '{{',
      '1e308',
      '-1',
      '9223372036854775808',
    ],
    ...[
      '2024-02-30',
      '0000-00-00',
      '9999-12-31..',
      '..',
      'NaN',
      'Infinity',
      'null',
      '-0',
      '1..',
      '\ud800',
      'visit_date=..',
    ],
  ),
  fc.constantFrom(
    '1',
    '2',
    'Female',
    'total_visits',
    'gender',
    'gender=Female',
    'month=2023-01..',
    '-visit_date',
    'visits',
    'v1',
  ),
);

test('no question makes the server fail, and every refusal is a problem of the table', async () => {
  // The answer of /api/events has no end.
  const paths = Object.entries(description.paths).filter(([path, { get }]) => get && path !== '/api/events');
  const question = fc.constantFrom(...paths).chain(([path, operations]) => {
    const parameters = operations.get?.parameters ?? [];
    const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
    const name = names.length > 0 ? fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, hostile) : hostile;
    const values = fc.array(fc.tuple(name, hostile), { maxLength: 4 });
    return fc.record({
      path: fc.constant(path),
      id: hostile,
      values,
      cursor: fc.option(fc.array(fc.jsonValue(), { maxLength: 4 })),
    });
  });
  await fc.assert(
    fc.asyncProperty(question, async ({ path, id, values, cursor }) => {
      const encode = (text: string) => encodeURIComponent(Buffer.from(text).toString());
      const pairs = values.map(([name, value]) => `${encode(name)}=${encode(value)}`);
      if (cursor) pairs.push(`after=${Buffer.from(JSON.stringify(cursor)).toString('base64url')}`);
      const url = `${path.replace(/\{[a-z]+\}/, encode(id) || 'x')}?${pairs.join('&')}`;
      const { statusCode, headers, body } = await house.server.inject(url);
      expect(statusCode, `${url}: ${body}`).toBeLessThan(500);
      if (statusCode === 200) return;
      expect(headers['content-type']).toContain('application/problem+json');
      expect(faultsOf(schemaOf(path, statusCode), JSON.parse(body))).toEqual([]);
      expect(JSON.parse(body).status).toBe(statusCode);
      // `..` leads to another path.
      expect([...codesOf(path), 'PATH_NOT_FOUND'], url).toContain(JSON.parse(body).code);
    }),
    { numRuns: 600 },
  );
  expect(house.reported).toEqual([]);
}, 180_000);

test.each([
  '/api/%',
  '/api/patients/%ff',
  '/api/%00',
  '//api/health',
  `/api/patients/${'x'.repeat(2000)}`,
  '/api/patients?%',
])('the broken address %.30s is refused by a code', async (url) => {
  const { statusCode, body } = await house.server.inject(url);
  expect(statusCode).toBeGreaterThanOrEqual(400);
  expect(statusCode).toBeLessThan(500);
  expect(JSON.parse(body)).toMatchObject({ success: false, status: statusCode });
});

test('what is written is answered in its shape, and so is every refusal of it', async () => {
  const patient = { patient_id: 'S1', age: 65 };
  const asks = [
    ['POST', '/api/patient', '/api/patient', patient, 201],
    ['POST', '/api/patient', '/api/patient', patient, 409],
    ['POST', '/api/patient', '/api/patient', { age: 'x' }, 422],
    ['POST', '/api/patient', '/api/patient', [], 400],
    ['POST', '/api/visit', '/api/visit', { visit_id: 'S1', patient_id: 'S1', visit_date: '2024-01-05' }, 201],
    ['POST', '/api/prescription', '/api/prescription', { prescription_id: 'S1', visit_id: 'S1', drug_name: 'a' }, 201],
    ['PATCH', '/api/patients/{id}', '/api/patients/S1', { version: 1, bmi: 30 }, 200],
    ['PATCH', '/api/patients/{id}', '/api/patients/S1', { version: 1, bmi: 31 }, 409],
    ['PATCH', '/api/visits/{id}', '/api/visits/S1', { bmi: 31 }, 428],
    ['DELETE', '/api/visits/{id}', '/api/visits/S1?version=1', undefined, 409],
    ['DELETE', '/api/prescriptions/{id}', '/api/prescriptions/S1?version=1', undefined, 200],
    ['DELETE', '/api/visits/{id}', '/api/visits/S1?version=1', undefined, 200],
    ['DELETE', '/api/patients/{id}', '/api/patients/S1?version=2', undefined, 200],
    ['DELETE', '/api/patients/{id}', '/api/patients/nobody?version=2', undefined, 404],
    ['GET', '/api/patients/{id}/history', '/api/patients/S1/history', undefined, 200],
    ['POST', '/api/worklist', '/api/worklist', { patient_id: 'p1', note: 'Call.' }, 201],
    ['POST', '/api/worklist', '/api/worklist', { patient_id: 'p1', note: 'Call.' }, 409],
    ['POST', '/api/worklist', '/api/worklist', { patient_id: 'nobody', note: 'Call.' }, 422],
    ['POST', '/api/worklist/fill', '/api/worklist/fill', { model: 'risk' }, 503],
    ['GET', '/api/worklist', '/api/worklist', undefined, 200],
    ['GET', '/api/worklist/{id}', `/api/worklist/${itemId('other', 'p1')}`, undefined, 200],
    ['PATCH', '/api/worklist/{id}', `/api/worklist/${itemId('other', 'p1')}`, { version: 1, state: 'done' }, 200],
    ['PATCH', '/api/worklist/{id}', `/api/worklist/${itemId('other', 'p1')}`, { version: 1, state: 'done' }, 409],
    ['GET', '/api/worklist/{id}', '/api/worklist/none', undefined, 404],
  ] as const;
  for (const [method, path, url, payload, status] of asks) {
    const { statusCode, body } = await house.server.inject({
      method,
      url,
      ...(payload && { payload: payload as object }),
    });
    expect([url, statusCode, body]).toEqual([url, status, body]);
    const operation = description.paths[path]?.[method.toLowerCase()];
    const found = operation?.responses[status] ?? operation?.responses[`${Math.floor(status / 100)}XX`];
    const [content] = Object.values(found?.content ?? {});
    expect([url, faultsOf(content?.schema ?? {}, JSON.parse(body))]).toEqual([url, []]);
  }
});

interface Written {
  readonly requestBody: {
    readonly content: Readonly<Record<string, { readonly schema: object; readonly example: object }>>;
  };
  readonly responses: Readonly<Record<string, { content?: Record<string, { examples?: object }> }>>;
}

test('every write names the codes that it refuses by, and shows a body that it takes', async () => {
  const writes = Object.entries(description.paths).flatMap(([path, operations]) =>
    ['post', 'patch', 'delete']
      .filter((method) => operations[method] && /patient|visit|prescription/.test(path))
      .map((method) => ({ path, method, operation: operations[method] as unknown as Written })),
  );
  expect(writes).toHaveLength(9);
  for (const { method, operation } of writes) {
    const contents = Object.values(operation.responses).flatMap(({ content = {} }) => Object.values(content));
    expect(contents.flatMap(({ examples = {} }) => Object.keys(examples)).length).toBeGreaterThan(2);
    if (method === 'delete') continue;
    const { schema, example } = operation.requestBody.content['application/json'] ?? {};
    expect(faultsOf(schema ?? {}, example)).toEqual([]);
  }
  for (const path of ['/api/patient', '/api/visit', '/api/prescription']) {
    const written = writes.find((one) => one.path === path)?.operation.requestBody.content['application/json'];
    const { statusCode, body } = await house.server.inject({
      method: 'POST',
      url: path,
      payload: written?.example ?? {},
    });
    expect([path, statusCode, body]).toEqual([path, 201, body]);
  }
});
