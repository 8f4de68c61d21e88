// A form that cannot be read is the fault of whoever sent it.
import { expect, test } from 'vitest';
import { emptyHouse } from '../house.js';

test.each([
  ['without a boundary', 'multipart/form-data', '', 415, 'REQUEST_MEDIA_TYPE'],
  [
    'that ends in its middle',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na',
    400,
    'REQUEST_INVALID',
  ],
  ['without parts', 'multipart/form-data; boundary=x', 'nothing', 400, 'REQUEST_INVALID'],
])('a form %s is refused, and reported by nobody', async (_, type, payload, status, code) => {
  const house = await emptyHouse();
  try {
    const headers = { 'content-type': type };
    const answer = await house.server.inject({ method: 'POST', url: '/api/upload?dry_run=true', headers, payload });
    expect([answer.statusCode, JSON.parse(answer.body).code]).toEqual([status, code]);
    expect(house.reported).toEqual([]);
  } finally {
    await house.close();
  }
});
