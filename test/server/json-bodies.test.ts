// The JSON of a request: what is no text, and what nobody means, is refused before anything looks at it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyHouse, type House } from './house.js';

let house: House;
beforeAll(async () => {
  house = await emptyHouse();
});
afterAll(() => house.close());

const send = (payload: string | Buffer) =>
  house.server.inject({
    ...{ method: 'POST', url: '/api/patient', payload },
    headers: { 'content-type': 'application/json', 'idempotency-key': 'a' },
  });

const inEachOther = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

test('lists in lists without end are refused by a code, wherever they stand', async () => {
  for (const text of [
    inEachOther(250_000),
    `{"name":${inEachOther(100)}}`,
    `{"a":[1,{"b":${inEachOther(200_000)}}]}`,
  ]) {
    const { statusCode, body } = await send(text);
    expect([statusCode, JSON.parse(body).code]).toEqual([400, 'REQUEST_INVALID']);
    expect(JSON.parse(body).detail).toContain('more than 100');
  }
  // So few are looked at, and are no text.
  const { statusCode, body } = await send(`{"name":${inEachOther(99)}}`);
  expect([statusCode, JSON.parse(body).errors[0].field]).toEqual([422, 'name']);
  expect(house.reported).toEqual([]);
});

test('text that is no UTF-8 is refused, and never kept with other characters', async () => {
  const { statusCode, body } = await send(Buffer.from('{"patient_id":"J1","age":65,"name":"Jörg"}', 'latin1'));
  expect([statusCode, JSON.parse(body).detail]).toEqual([400, 'The body is no text in UTF-8.']);
  const marked = await send('\ufeff{"patient_id":"J1","age":65,"name":"Jörg"}');
  expect([marked.statusCode, JSON.parse(marked.body).patient.name]).toEqual([201, 'Jörg']);
});
