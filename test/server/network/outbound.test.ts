// Whoever puts an address into a request does not make the server ask it.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { motleyHouse } from '../house.js';
import { routesOf } from '../route-list.js';

test('an address in a path, a parameter, a header or a body is asked by nobody', async () => {
  let asked = 0;
  const canary = createServer((socket) => {
    asked += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(canary, 'listening');
  const address = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/steal`;
  const house = await motleyHouse();
  try {
    const routes = (await routesOf(house)).filter(({ method, url }) => method !== 'HEAD' && url !== '/api/events');
    expect(routes.length).toBeGreaterThan(60);
    for (const { method, url } of routes) {
      const path = url.replace(/:[a-z]+/g, encodeURIComponent(address));
      const names = [
        'url',
        'file',
        'from',
        'to',
        'source',
        'mapping',
        'callback',
        'iss',
        'where',
        'patient_id',
        'name',
      ];
      const query = new URLSearchParams(names.map((name) => [name, address]));
      const headers = {
        ...{
          referer: address,
          origin: address,
          forwarded: `host=${address}`,
          'x-forwarded-host': address,
          link: `<${address}>`,
        },
        ...{
          'content-type': 'application/json',
          'x-original-url': address,
          'x-forwarded-for': address,
          authorization: address,
        },
      };
      const payload = JSON.stringify({ ...Object.fromEntries(names.map((name) => [name, address])), $ref: address });
      for (const asking of [path, `${path}?${query}`]) {
        await house.server.inject({
          method: method as 'GET',
          url: asking,
          headers,
          ...(method !== 'GET' && { payload }),
        });
      }
    }
    expect(asked).toBe(0);
  } finally {
    await house.close();
    canary.close();
  }
});
