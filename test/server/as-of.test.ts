// Every answer with numbers or rows of the published run says which run that is, and how many entries it has not read.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyHouse, type House } from './house.js';

interface Operation {
  readonly tags?: readonly string[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>>;
}

interface Schema {
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

let house: House;
let paths: Readonly<Record<string, { readonly get?: Operation }>>;
beforeAll(async () => {
  house = await emptyHouse();
  paths = (await house.get<{ paths: typeof paths }>('/api/openapi.json')).paths;
});
afterAll(() => house.close());

const tags = ['numbers', 'rows', 'de-identified', 'runs', 'lineage', 'predictions'];

const without: Readonly<Record<string, string>> = {
  '/api/health': 'tells of the server; `run` names the published one, and there may be none',
  '/metrics': 'tells of the server, in the form of Prometheus',
  '/api/status': '`run` is the whole run, `pending_entries` stands beside it, and there may be none',
  '/api/runs': 'each row is a run; `now` says which is published and what waits',
  '/api/runs/{id}': 'is of the run that is asked for',
  '/api/ml/load-models': 'tells of models, whose version names the run that trained them',
  '/api/models': 'tells of models, whose version names the run that trained them',
  '/api/models/{name}': 'a card names the run that trained the model',
  '/api/models/{name}/drift': 'compares predictions of any time with the run of the card',
  '/api/jobs': 'tells of trainings that are under way or over',
  '/api/jobs/{id}': 'tells of a training that is under way or over',
};

test('every answer over the published run says as of which, but those that are listed with a reason', () => {
  const said: string[] = [];
  const silent: string[] = [];
  for (const [path, { get }] of Object.entries(paths)) {
    if (!get?.tags?.some((tag) => tags.includes(tag))) continue;
    const schema = get.responses['200']?.content?.['application/json']?.schema;
    const asOf = schema?.required?.includes('as_of') ? schema.properties?.as_of : undefined;
    (asOf ? said : silent).push(path);
    // Rows that were typed are there before the first run: null then.
    const named = asOf && [asOf, ...(asOf.anyOf ?? [])].flatMap(({ required = [] }) => required);
    if (asOf) expect([path, named]).toEqual([path, ['run', 'date', 'finished_at', 'pending_entries']]);
  }
  expect(silent.sort()).toEqual(Object.keys(without).sort());
  expect(said.length).toBeGreaterThan(25);
});
