// Code lists: all that the data dictionary shows, by name.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeLists } from '../../src/catalog/code-lists.js';
import { emptyHouse, type House } from './house.js';

let house: House;
beforeAll(async () => {
  house = await emptyHouse();
});
afterAll(() => house.close());

test('every list has an address of its own, its source, and as many cells as columns', async () => {
  const { lists } = await house.get<{ lists: { id: string; codes: number }[] }>('/api/codes');
  expect(lists.map(({ id }) => id)).toEqual([...new Set(codeLists.map(({ id }) => id))]);
  for (const { id, codes } of lists) {
    const list = await house.get<{ columns: string[]; codes: unknown[][]; source: string }>(`/api/codes/${id}`);
    expect(list.codes).toHaveLength(codes);
    expect(list.source).not.toBe('');
    for (const code of list.codes) expect(code).toHaveLength(list.columns.length);
  }
});

test('a list that is not there is said by its name', async () => {
  const { statusCode, body } = await house.server.inject('/api/codes/icd-11');
  expect([statusCode, JSON.parse(body)]).toMatchObject([
    404,
    { code: 'CODES_UNKNOWN', detail: expect.stringContaining('icd-11') },
  ]);
});

test('a list is answered as CSV with its own columns, and as NDJSON with a line for each code', async () => {
  const ask = (accept: string) => house.server.inject({ url: '/api/codes/icd-10-chapters', headers: { accept } });
  const list = codeLists.find(({ id }) => id === 'icd-10-chapters');
  const [header, ...lines] = (await ask('text/csv')).body.trimEnd().split('\r\n');
  expect([header, lines.length]).toEqual([list?.columns.join(), list?.rows.length]);
  const [first] = (await ask('application/x-ndjson')).body.split('\n');
  expect(Object.values(JSON.parse(first ?? ''))).toEqual(list?.rows[0]);
});
