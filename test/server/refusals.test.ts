// Whatever is sent to an operation that changes something is answered as the description says: by a status, a code and a
// shape that it names, with every fault at once. What is refused has written nothing.
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { draftCollection } from '../../src/server/drafts/draft.js';
import { jobCollection } from '../../src/server/training/job.js';
import { mappingCollection } from '../../src/server/uploads/mapping.js';
import { uploadCollection } from '../../src/server/uploads/upload.js';
import { itemId, worklistCollection } from '../../src/server/worklist/item.js';
import { author, personOf, userOf } from './auth/people.js';
import { type House, motleyHouse } from './house.js';
import {
  jsonOf,
  known,
  type Operation,
  payloadOf,
  type Schema,
  shownBodies,
  unknownName,
  type WrongRequest,
  wrongRequests,
} from './wrong-requests.js';

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: { readonly Problem: object } };
}

/** How each is asked for one that is there. */
const ids: Readonly<Record<string, string>> = {
  '/api/patients/{id}': 'p1',
  '/api/visits/{id}': 'v1',
  '/api/prescriptions/{id}': 'r1',
  '/api/users/{name}': 'ann',
  '/api/users/{name}/link': 'ann',
  '/api/drafts/{id}': 'mine',
  '/api/mappings/{name}': 'north',
  '/api/worklist/{id}': itemId('other', 'p1'),
};

let house: House;
let description: Description;
let key: string;
beforeAll(async () => {
  house = await motleyHouse({ auth: 'on', network: { rateAddress: null, rateUser: null } });
  description = await house.get<Description>('/api/openapi.json');
  const root = await personOf(house, 'root', ['admin']);
  await userOf(house, 'ann', ['analyst']);
  await userOf(house, 'clerk', ['data_entry']);
  const { keys } = await house.server.directory();
  key = (await keys.add(root.user, { name: 'test', roles: ['admin'], days: 1 }, author)).secret;
  const made = [
    await root.ask('/api/worklist', 'POST', { patient_id: 'p1', note: 'Call.' }),
    await root.ask('/api/drafts/mine', 'PUT', { form: 'patient', values: {} }),
    await root.ask('/api/mappings/north', 'PUT', { dates: 'dmy' }),
  ];
  expect(made.map(({ statusCode }) => statusCode)).toEqual([201, 200, 200]);
});
afterAll(() => house.close());

const methods = ['post', 'put', 'patch', 'delete'] as const;

const operationOf = (path: string, method: string): Operation => {
  const operation = description.paths[path]?.[method];
  if (!operation) throw new Error(`${method} ${path} is not described.`);
  return operation;
};

async function headersOf(sender: WrongRequest['sender']): Promise<Record<string, string>> {
  if (sender === 'nobody') return {};
  if (sender === 'key') return { authorization: `Bearer ${key}` };
  // A session of its own for each, since some end it.
  const { cookie, csrf } = await (sender === 'clerk'
    ? personOf(house, 'clerk', ['data_entry'])
    : personOf(house, 'root', ['admin']));
  return { cookie, ...(sender !== 'without token' && { 'x-csrf-token': csrf }) };
}

async function send(method: string, path: string, request: WrongRequest) {
  const id = request.id === known ? (ids[path] ?? 'readmission') : request.id;
  const url = path.replace(/\{[a-z]+\}/, encodeURIComponent(Buffer.from(id).toString()));
  const payload = payloadOf(request);
  const headers = { ...request.headers, ...(await headersOf(request.sender)) };
  return house.server.inject({
    ...{ method: method.toUpperCase() as 'POST', url: `${url}?${request.query}`, headers },
    ...(payload !== undefined && { payload }),
  });
}

/** All that is kept but who is signed in, what was tried, and what goes on by itself once it is begun. */
async function kept(): Promise<unknown> {
  const { entries, documents, directory } = await house.server.parts.records();
  const { users, keys } = await house.server.directory();
  const collections = [worklistCollection, draftCollection, mappingCollection].map((one) =>
    documents.collection(one as typeof draftCollection).list({ limit: 1000 }),
  );
  return {
    entries: await entries.end(),
    documents: await Promise.all(collections),
    jobs: await documents.collection(jobCollection).count(),
    // The history of uploads tells of those that were refused, too.
    landed: await documents.collection(uploadCollection).count({ state: 'landed' }),
    people: [await users.all(), (await keys.list('root')).map(({ used_at: _, ...rest }) => rest)],
    links: await directory.collection({ name: 'links', indexed: [] }).count(),
  };
}

const problemFaults = (value: unknown) => faultsOf(description.components.schemas.Problem, value);

function faultsOf(schema: object, value: unknown): unknown[] {
  const check = Compile(schema as Parameters<typeof Compile>[0]);
  return check.Check(value) ? [] : check.Errors(value).slice(0, 3);
}

/** Predictions take a field that they do not know for a slip, and say so beside their answer. */
const refusesUnknown = (path: string): boolean => !path.startsWith('/api/ml/');

async function expectAsDescribed(method: string, path: string, request: WrongRequest): Promise<void> {
  const operation = operationOf(path, method);
  const before = await kept();
  const { statusCode, headers, body } = await send(method, path, request);
  const said = `${method} ${path}: ${statusCode} ${body.slice(0, 500)}`;
  const described = operation.responses[statusCode]?.content ?? {};
  expect(Object.keys(operation.responses), said).toContain(String(statusCode));
  if (statusCode < 400) {
    expect(faultsOf(described['application/json']?.schema ?? {}, JSON.parse(body)), said).toEqual([]);
    if (operation.requestBody && refusesUnknown(path)) expect(request.unknown, said).toEqual([]);
    return;
  }
  expect(headers['content-type'], said).toContain('application/problem+json');
  const problem = JSON.parse(body);
  expect(problemFaults(problem), said).toEqual([]);
  expect(problem.status).toBe(statusCode);
  expect(Object.keys(described['application/problem+json']?.examples ?? {}), said).toContain(problem.code);
  expect(await kept(), said).toEqual(before);
}

/** Written here, and held against the description: a test is named before a server can be asked. */
const operations = [
  ...['patient', 'visit', 'prescription', 'ml/predict/readmission', 'ml/predict/risk-score'].map(
    (one) => `post ${one}`,
  ),
  ...['ml/predict/disease-progression', 'ml/batch-predict', 'analytics/query', 'upload'].map((one) => `post ${one}`),
  ...['patients/{id}', 'visits/{id}', 'prescriptions/{id}'].flatMap((one) => [`patch ${one}`, `delete ${one}`]),
  ...['post worklist', 'patch worklist/{id}', 'post worklist/fill', 'put drafts/{id}', 'delete drafts/{id}'],
  ...['put mappings/{name}', 'delete mappings/{name}', 'post models/{name}/train', 'delete jobs/{id}'],
  ...['post models/{name}/promote', 'post models/{name}/rollback', 'post keys', 'delete keys/{id}'],
  ...['post users', 'patch users/{name}', 'post users/{name}/link'],
  ...['sign-in', 'sign-out', 'password', 'link', 'link/owner', 'token', 'token/revoke'].map(
    (one) => `post auth/${one}`,
  ),
  ...['delete auth/sessions', 'delete auth/sessions/{id}'],
].map((one) => one.replace(' ', ' /api/').split(' ') as [method: string, path: string]);

test('these are all operations that change something', () => {
  const described = Object.entries(description.paths).flatMap(([path, one]) =>
    methods.filter((method) => one[method]).map((method) => `${method} ${path}`),
  );
  expect(operations.map((one) => one.join(' ')).sort()).toEqual(described.sort());
});

describe('whatever is sent', () => {
  test.each(operations)('%s %s answers as described, and a refusal has written nothing', async (method, path) => {
    const requests = wrongRequests(operationOf(path, method));
    await fc.assert(
      fc.asyncProperty(requests, (request) => expectAsDescribed(method, path, request)),
      { numRuns: 40 },
    );
  });
});

/** A body of which it is known what is wrong with it. */
interface KnownFaults {
  readonly body: object;
  /** Its fields that are wrong, unknown or left away. */
  readonly wrong: readonly string[];
}

/** Every field that the description knows may be left as it is, made wrong, or be left away where it must be given. */
function bodiesWithFaults({ properties = {}, required = [] }: Schema, shown: object): fc.Arbitrary<KnownFaults> {
  const nothingFits = [{ $gt: '' }, [1, 2], { a: [{}] }];
  const names = Object.keys(properties).filter((name) => name !== 'version');
  const changes = names.map((name) => {
    const check = Compile(properties[name] as Parameters<typeof Compile>[0]);
    const wrong = fc.constantFrom(...nothingFits.filter((value) => !check.Check(value)));
    const left = fc.constantFrom('as it is', ...(required.includes(name) ? ['out'] : []));
    return fc.oneof(left, wrong).map((change) => [name, change] as const);
  });
  return fc
    .tuple(
      fc.tuple(...changes),
      fc.uniqueArray(unknownName, { maxLength: 4 }),
      fc.constantFrom(null, 1, 'x', ...nothingFits),
    )
    .map(([changed, unknown, value]) => {
      const made = changed.filter(([, change]) => change !== 'as it is');
      const out = made.filter(([, change]) => change === 'out').map(([name]) => name);
      const body = { ...shown, ...Object.fromEntries(made), ...Object.fromEntries(unknown.map((one) => [one, value])) };
      const kept = Object.entries(body).filter(([name]) => !out.includes(name));
      return { body: Object.fromEntries(kept), wrong: [...made.map(([name]) => name), ...unknown] };
    })
    .filter(({ wrong }) => wrong.length > 0);
}

/** Records that no other test deletes. */
const lasting: Readonly<Record<string, string>> = {
  '/api/patients/{id}': 'p2',
  '/api/visits/{id}': 'v2',
  '/api/prescriptions/{id}': 'r2',
};

/** As files brought it; of the work list any, since it is looked at after everything else. */
const version = (path: string): number => (lasting[path] === undefined ? 1 : 0);

const isOf = (field: string, name: string): boolean => {
  const shown = name.length > 100 ? `${name.slice(0, 99)}…` : name;
  return field === shown || field.startsWith(`${shown}.`);
};

describe('all that is wrong is named at once', () => {
  const withFields = operations.filter(
    ([method, path]) => method !== 'delete' && !/ml|analytics|upload|mappings/.test(path),
  );

  test.each(withFields)('by %s %s', async (method, path) => {
    const operation = operationOf(path, method);
    const { schema = {} } = jsonOf(operation) ?? {};
    expect([path, schema.additionalProperties]).toEqual([path, false]);
    const [shown = {}] = shownBodies(operation);
    await fc.assert(
      fc.asyncProperty(
        bodiesWithFaults(schema, { ...shown, ...('version' in shown && { version: version(path) }) }),
        async ({ body, wrong }) => {
          const before = await kept();
          const answer = await send(method, path, {
            ...{
              sender: 'somebody',
              id: lasting[path] ?? known,
              query: '',
              unknown: [],
              payload: JSON.stringify(body),
            },
            headers: { 'content-type': 'application/json' },
          });
          const { code, errors } = answer.json() as { code: string; errors: { field?: string }[] };
          const said = `${method} ${path}: ${answer.body.slice(0, 500)}`;
          expect(['REQUEST_INVALID', 'RECORD_INVALID'], said).toContain(code);
          const unnamed = wrong.filter((name) => !errors.some(({ field = '' }) => isOf(field, name)));
          expect(unnamed, said).toEqual([]);
          expect(errors.length, said).toBeGreaterThanOrEqual(wrong.length);
          expect(await kept(), said).toEqual(before);
        },
      ),
      { numRuns: 20 },
    );
  });
});
