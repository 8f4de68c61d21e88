// Rows at hand: the same answers as from the files of the run, without a question to the engine; and what a run changed is
// all that comes in.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { publishedTableNamed } from '../../../src/catalog/catalog.js';
import { openMemoryRecords } from '../../../src/records/memory.js';
import { type RunRowChange, type RunRows, runRowTables } from '../../../src/records/run-rows.js';
import { bringInPublished } from '../../../src/server/rows/bring-in.js';
import { type House, motleyHouse } from '../house.js';
import { type Answered, type Ask, asking } from '../records/asking.js';

const never = new AbortController().signal;

describe('with rows at hand and without', () => {
  let houses: readonly House[];
  let asks: readonly Ask[];
  beforeAll(async () => {
    houses = await Promise.all([motleyHouse({ atHand: true }), motleyHouse()]);
    asks = houses.map(asking);
  });
  afterAll(async () => {
    for (const house of houses) await house.close();
  });

  const write = async (method: 'POST' | 'PATCH' | 'DELETE', url: string, body?: unknown) => {
    for (const ask of asks)
      expect([url, (await ask(method, url, body)).status]).toEqual([url, method === 'POST' ? 201 : 200]);
  };
  /** What both answer, which must be equal; of the run only which one differs. */
  const same = async (url: string) => {
    const [atHand, files] = await Promise.all(asks.map((ask) => ask('GET', url)));
    const shown = (body: unknown) => ({ ...(body as object), as_of: undefined });
    expect([url, atHand?.status, shown(atHand?.body)]).toEqual([url, files?.status, shown(files?.body)]);
    return atHand?.body as { next: string | null };
  };
  const allPages = async (table: string) => {
    for (const limit of [1000, 7]) {
      for (let next: string | null = ''; next !== null; ) {
        ({ next } = await same(`/api/${table}?limit=${limit}${next ? `&after=${next}` : ''}`));
      }
    }
  };

  test('lists, rows and refusals are equal, also where something was typed since', async () => {
    const check = async () => {
      for (const table of ['patients', 'visits', 'prescriptions']) await allPages(table);
      for (const id of ['p1', 'p3', 'north:p1', 't1', 't2', 'nobody', '%00', "'"]) await same(`/api/patients/${id}`);
      for (const id of ['v1', 'v7', 'v8', 'north:v1']) await same(`/api/visits/${id}`);
    };
    await check();
    for (const id of ['t1', 'a', 'p10a', 'zz', 'Å', '😀'])
      await write('POST', '/api/patient', { patient_id: id, name: 'N', age: 50 });
    await write('PATCH', '/api/patients/p3', { version: 0, location: 'Typed' });
    await write('DELETE', '/api/visits/v7?version=0');
    await write('POST', '/api/visit', { visit_id: 'v7a', patient_id: 't1', visit_date: '2024-02-10' });
    await write('DELETE', '/api/patients/zz?version=1');
    await check();
  });

  test('the engine is asked nothing where they are', async () => {
    const [house] = houses as [House];
    const query = vi.spyOn(house.workspace.engine, 'query');
    try {
      const ask = asking(house);
      for (const url of ['/api/patients', '/api/visits?limit=3', '/api/patients/p1', '/api/visits/v1'])
        expect([url, (await ask('GET', url)).status]).toEqual([url, 200]);
      expect(query).not.toHaveBeenCalled();
      expect((await ask('GET', '/api/patients?page=2&limit=5')).status).toBe(200);
      expect(query).toHaveBeenCalled();
    } finally {
      query.mockRestore();
    }
  });
});

test('however much was typed since, a list in the order of its keys asks the engine nothing, and is that of the files', async () => {
  const houses = await Promise.all([motleyHouse({ atHand: true }), motleyHouse()]);
  try {
    const [atHand, files] = houses.map(asking) as [Ask, Ask];
    for (const ask of [atHand, files]) {
      for (let n = 0; n < 130; n++) {
        // Between those of the run and behind them, and in no order.
        const patient_id = `p${(n * 37) % 130}${n % 3 === 0 ? 'x' : ''}-typed`;
        expect((await ask('POST', '/api/patient', { patient_id, name: 'N', age: 50 })).status).toBe(201);
      }
      for (const id of ['p1', 'p2']) await ask('PATCH', `/api/patients/${id}`, { version: 0, location: 'Typed' });
      for (const id of ['p5-typed', 'p7-typed']) await ask('DELETE', `/api/patients/${id}?version=1`);
    }
    const query = vi.spyOn(houses[0].workspace.engine, 'query');
    for (const limit of [40, 1000]) {
      for (let next: string | null = ''; next !== null; ) {
        const url: string = `/api/patients?limit=${limit}${next ? `&after=${next}` : ''}`;
        const [ours, theirs]: Answered[] = await Promise.all([atHand('GET', url), files('GET', url)]);
        expect({ ...ours?.body, as_of: 0 }).toEqual({ ...theirs?.body, as_of: 0 });
        next = ours?.body.next;
      }
    }
    expect(query).not.toHaveBeenCalled();
  } finally {
    for (const house of houses) await house.close();
  }
});

describe('the rows of a run come in', () => {
  let house: House;
  beforeAll(async () => {
    house = await motleyHouse();
  });
  afterAll(() => house.close());

  /** Every row that is there, by table. */
  const rowsIn = async (rows: RunRows, run: string) =>
    Object.fromEntries(
      await Promise.all(runRowTables.map(async (table) => [table, await rows.page(run, table, { limit: 10_000 })])),
    );
  const rowsOfRun = async () =>
    Object.fromEntries(
      await Promise.all(
        runRowTables.map(async (table) => {
          const { key, columns } = publishedTableNamed(table);
          const names = columns.map(({ name }) => `"${name}"`).join(', ');
          return [table, await house.workspace.ask(`select ${names} from ${table} order by ${key[0]}, source`)];
        }),
      ),
    );
  const bringIn = async (rows: RunRows): Promise<RunRowChange[]> => {
    const brought: RunRowChange[] = [];
    const noting: RunRows = {
      ...rows,
      bringIn: ({ changes, ...order }) =>
        rows.bringIn({
          ...order,
          changes: (async function* () {
            for await (const some of changes) {
              brought.push(...some);
              yield some;
            }
          })(),
        }),
    };
    await bringInPublished({ lake: house.workspace.lake, engine: house.workspace.engine, rows: noting, signal: never });
    return brought;
  };
  const published = async () => (await house.workspace.manifest()).id;

  test('whole at first; of the next run only what it changed; nothing of one that is there', async () => {
    const { runRows } = openMemoryRecords();
    await bringIn(runRows);
    expect(await rowsIn(runRows, await published())).toEqual(await rowsOfRun());
    const ask = asking(house);
    await ask('POST', '/api/patient', { patient_id: 'typed', name: 'N', age: 50 });
    await ask('PATCH', '/api/patients/p3', { version: 0, location: 'Typed' });
    await ask('DELETE', '/api/visits/v7?version=0');
    await house.server.parts.run(never);
    const brought = await bringIn(runRows);
    expect(await rowsIn(runRows, await published())).toEqual(await rowsOfRun());
    const patients = brought.filter(({ table }) => table === 'patients');
    expect(patients.map(({ key, row }) => [key, row?.location]).sort()).toEqual([
      ['p3', 'Typed'],
      ['typed', null],
    ]);
    expect(brought).toContainEqual({ table: 'visits', key: 'v7', source: 'default', row: null });
    expect(await bringIn(runRows)).toEqual([]);
  });

  test('whole again where the run they are of is not kept any more', async () => {
    const { runRows } = openMemoryRecords();
    await runRows.bringIn({ run: 'collected', from: null, changes: (async function* () {})() });
    await bringIn(runRows);
    expect(await rowsIn(runRows, await published())).toEqual(await rowsOfRun());
  });

  test('and one that breaks off is no run: the next try brings all', async () => {
    const { runRows } = openMemoryRecords();
    const stop = new AbortController();
    const { lake, engine } = house.workspace;
    const rows: RunRows = {
      ...runRows,
      bringIn: ({ changes, ...order }) =>
        runRows.bringIn({
          ...order,
          changes: (async function* () {
            for await (const some of changes) {
              yield some;
              stop.abort(new Error('stopped'));
            }
          })(),
        }),
    };
    await expect(bringInPublished({ lake, engine, rows, signal: stop.signal })).rejects.toThrow();
    expect(await runRows.whole()).toBeUndefined();
    await bringIn(runRows);
    expect(await rowsIn(runRows, await published())).toEqual(await rowsOfRun());
  });
});

test('a run that the server made after a write is brought in when it is published, before anybody asks', async () => {
  const house = await motleyHouse({ atHand: true, runAfter: 1 });
  try {
    const { runRows } = await house.server.parts.records();
    const before = (await house.workspace.manifest()).id;
    expect(await runRows.whole()).toBe(before);
    await asking(house)('POST', '/api/patient', { patient_id: 'typed', name: 'N', age: 50 });
    await vi.waitFor(async () => expect((await house.workspace.manifest()).id).not.toBe(before), 60_000);
    await vi.waitFor(async () => expect(await runRows.whole()).toBe((await house.workspace.manifest()).id), 60_000);
    expect(house.reported).toEqual([]);
  } finally {
    await house.close();
  }
});
