// What a request's values are taken for: in an address all is text, in a JSON body everything has a type of its own.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, motleyHouse } from './house.js';

let house: House;
beforeAll(async () => {
  house = await motleyHouse();
});
afterAll(() => house.close());

test.each([
  ['a text for a number', { model: 'readmission', days: '21' }, ['days']],
  ['null for a number', { model: 'readmission', most: null }, ['most']],
  ['a list for its only value', { model: ['readmission'] }, ['model']],
  ['several at once', { model: 'readmission', days: true, most: '' }, ['days', 'most']],
])('a body that has %s is refused', async (_, payload, fields) => {
  const answer = await house.server.inject({ method: 'POST', url: '/api/worklist/fill', payload });
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'REQUEST_INVALID']);
  expect([...new Set(answer.json().errors.map(({ field }: { field: string }) => field))]).toEqual(fields);
});

test('in an address a text is read as a number, and one value as a list of one', async () => {
  const answer = await house.server.inject('/api/patients?limit=1&gender=Female');
  expect([answer.statusCode, answer.json().count]).toEqual([200, 1]);
  expect((await house.server.inject('/api/patients?limit=few')).statusCode).toBe(400);
});
