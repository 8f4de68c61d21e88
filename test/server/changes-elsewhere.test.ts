// What other processes change is told to whoever listens at /api/events, and looked for only while somebody does.
import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { publish, readCurrent } from '../../src/pipeline/publish/manifest.js';
import type { Change } from '../../src/server/changes.js';
import { looksElsewhere } from '../../src/server/changes-elsewhere.js';
import { written } from '../contracts/written.js';
import { type House, motleyHouse } from './house.js';
import { until } from './uploads/queueing.js';

let house: House;
beforeAll(async () => {
  house = await motleyHouse();
  await house.server.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => house.close());

test('entries and runs of other processes are told, and not what this one tells itself or was there before', async () => {
  const { server, workspace } = house;
  const { entries } = await server.parts.records();
  await entries.append(written('Before', { patient_id: 'Before' }));
  const told: Change[] = [];
  const looks = vi.spyOn(server.parts.lake, 'get');
  const stop = new AbortController();
  const looking = looksElsewhere(server, (change) => told.push(change), stop.signal, 5);
  await until(() => looks.mock.calls.length >= 2);
  // One of this process, of which it tells before it is looked for, and one of another.
  const { sequence } = await entries.end();
  server.changes.tell({ event: 'entry', data: { kind: 'create', table: 'patients', sequence: sequence + 1 } });
  await entries.append(written('Own', { patient_id: 'Own' }));
  const { entry } = await entries.append(written('Other', { patient_id: 'Other' }));
  await until(() => told.length > 0);
  expect(told).toEqual([{ event: 'entry', data: { kind: 'create', table: 'patients', sequence: entry.sequence } }]);
  const current = await readCurrent(workspace.lake);
  if (!current) throw new Error('Nothing is published.');
  await publish(workspace.lake, { ...current.manifest, id: 'another' }, current.etag);
  await until(() => told.length > 1);
  expect(told[1]).toMatchObject({ event: 'run', data: { state: 'off', run: 'another' } });
  stop.abort();
  await looking;
  looks.mockRestore();
  expect(told).toHaveLength(2);
});

test('of more entries than anybody follows only the newest are told', async () => {
  const { server } = house;
  const { entries } = await server.parts.records();
  const told: Change[] = [];
  const gate = new EventEmitter();
  const open = once(gate, 'open');
  const known = await server.parts.knownRecords();
  const looks = vi.spyOn(server.parts, 'knownRecords').mockImplementation(async () => {
    if (looks.mock.calls.length === 2) await open;
    return known;
  });
  const stop = new AbortController();
  const looking = looksElsewhere(server, (change) => told.push(change), stop.signal, 5);
  await until(() => looks.mock.calls.length === 2);
  for (let n = 0; n < 120; n++) await entries.append(written(`M${n}`, { patient_id: `M${n}` }));
  gate.emit('open');
  await until(() => looks.mock.calls.length > 2);
  stop.abort();
  await looking;
  looks.mockRestore();
  expect(told).toHaveLength(100);
  expect(told.at(-1)).toMatchObject({ data: { sequence: (await entries.end()).sequence } });
});

test('one look goes on for all who listen, ends with the last of them and begins anew with the next', async () => {
  const { changes, server: http } = house.server;
  let looking = 0;
  const { listen } = changes;
  const spy = vi.spyOn(changes, 'listen').mockImplementation((listener) => {
    looking += 1;
    const end = listen(listener);
    return () => {
      looking -= 1;
      end();
    };
  });
  const { port } = http.address() as { port: number };
  const hear = async () => {
    const stop = new AbortController();
    const { body } = await fetch(`http://127.0.0.1:${port}/api/events`, { signal: stop.signal });
    await body?.getReader().read();
    return stop;
  };
  const all = [await hear(), await hear()];
  expect(looking).toBe(1);
  for (const one of all) one.abort();
  await until(() => looking === 0);
  const last = await hear();
  expect(looking).toBe(1);
  last.abort();
  await until(() => looking === 0);
  spy.mockRestore();
});
