// Every list is answered as NDJSON and CSV, too, by what whoever asks accepts.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, motleyHouse } from './house.js';

type Schema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
};

interface Description {
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly get?: {
          readonly responses: Readonly<Record<string, { content?: Record<string, { schema: Schema }> }>>;
        };
      }
    >
  >;
}

let house: House;
let lists: { readonly path: string; readonly forms: string[]; readonly name: string }[];
beforeAll(async () => {
  house = await motleyHouse();
  const { paths } = await house.get<Description>('/api/openapi.json');
  lists = Object.entries(paths).flatMap(([path, { get }]) => {
    const content = get?.responses['200']?.content ?? {};
    const members = Object.entries(content['application/json']?.schema.properties ?? {});
    const [name] = members.find(([, { items }]) => items?.properties) ?? [];
    return name === undefined ? [] : [{ path, name, forms: Object.keys(content) }];
  });
});
afterAll(() => house.close());

/** What has lists in it and is none: a state, a report, a description, an answer to a question. */
const others = ['/api/status', '/api/quality', '/api/catalog', '/api/audit/verify'];

test('every list offers both', () => {
  expect(lists.length).toBeGreaterThan(30);
  const without = lists.filter(({ path, forms }) => forms.length !== 3 && !others.includes(path));
  expect(without.map(({ path }) => path)).toEqual([]);
});

const parameters: Readonly<Record<string, string>> = {
  '/api/lineage/metric': '/api/lineage/metric?metric=total_patients&by=gender',
  '/api/quality/{check}': '/api/quality/visits.patient_id.reference',
  '/api/patients/{id}/history': '/api/patients/p1/history',
  '/api/patients/{id}/timeline': '/api/patients/p1/timeline',
  '/api/rejects': '/api/rejects?kind=missing',
};

test('as JSON has it: the same rows, the same columns, the counts in the headers', async () => {
  await house.server.inject({ method: 'PATCH', url: '/api/patients/p1', payload: { version: 0, bmi: 30 } });
  await house.server.inject({ method: 'POST', url: '/api/worklist', payload: { patient_id: 'p1', note: '=1+1' } });
  let filled = 0;
  let ofARun = 0;
  for (const { path, name } of lists.filter((list) => !others.includes(list.path))) {
    const url = parameters[path] ?? path;
    const ask = (accept: string) => house.server.inject({ url, headers: { accept } });
    const whole = await ask('application/json');
    // One by its code, or of people who have signed in: the same by the same way.
    if (whole.statusCode !== 200) continue;
    const { [name]: rows, total, as_of } = JSON.parse(whole.body);
    const [lines, csv] = [await ask('application/x-ndjson'), await ask('text/csv')];
    expect([path, lines.headers['content-type']]).toEqual([path, 'application/x-ndjson; charset=utf-8']);
    expect([path, csv.headers['content-type'], csv.headers.vary]).toEqual([
      path,
      'text/csv; charset=utf-8',
      expect.stringMatching(/^Accept\b/),
    ]);
    // An answer to each question is a line of the audit log, so that it has more of them each time.
    const told = lines.body
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    if (path !== '/api/audit' && path !== '/api/worklist') expect([path, told]).toEqual([path, rows]);
    if (total !== undefined) expect([path, Number(csv.headers['x-total-count'])]).toEqual([path, total]);
    for (const { headers } of [lines, csv]) {
      const { 'x-as-of-run': run, 'x-pending-entries': pending } = headers;
      expect([path, run, pending]).toEqual([path, as_of?.run, as_of && String(as_of.pending_entries)]);
      if (as_of) ofARun += 1;
    }
    const [header = ''] = csv.body.split('\r\n');
    if (rows.length === 0) continue;
    filled += 1;
    expect([path, header.split(',')]).toEqual([path, expect.arrayContaining(Object.keys(rows[0]))]);
  }
  expect(filled).toBeGreaterThan(15);
  expect(ofARun).toBeGreaterThan(20);
  const worklist = await house.server.inject({ url: '/api/worklist', headers: { accept: 'text/csv' } });
  expect(worklist.body).toContain("'=1+1");
  expect(house.reported).toEqual([]);
});
