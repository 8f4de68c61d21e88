// What the doctor makes of versions, memory and disk space.
import { expect, test } from 'vitest';
import { memoryVerdict } from '../../src/doctor/memory.js';
import { nodeVerdict } from '../../src/doctor/node.js';
import { spaceVerdict } from '../../src/doctor/space.js';
import { nodeRange } from '../../src/version.js';

test.each([
  ['20.19.0', 'ok'],
  ['22.0.0', 'ok'],
  ['100.1.0', 'ok'],
  ['20.18.9', 'failed'],
  ['18.20.0', 'failed'],
])('Node %s is %s where 20.19 is needed', (running, state) => {
  expect(nodeVerdict(running, '>=20.19').state).toBe(state);
});

test('the range of package.json is one that the check understands', () => {
  expect(nodeVerdict('0.0.1', nodeRange).state).toBe('failed');
  expect(nodeVerdict('999.0.0', nodeRange).state).toBe('ok');
});

test('memory that is not free now is a warning', () => {
  expect(memoryVerdict(2e9, 2e9, 8e9).state).toBe('ok');
  expect(memoryVerdict(2e9, 1.9e9, 8e9)).toMatchObject({
    state: 'warning',
    detail: expect.stringMatching(/^CARELAKE_MEMORY is 2\.0 GB; 1\.9 GB of 8\.0 GB are free/),
  });
});

test('less room than 5 GB, or than twice what has landed, is a warning', () => {
  const places = [
    { folder: '/lake', free: 20e9 },
    { folder: '/temp', free: 6e9 },
  ];
  expect(spaceVerdict(places, 3e9).state).toBe('ok');
  expect(spaceVerdict(places, 3.1e9)).toMatchObject({
    state: 'warning',
    detail: expect.stringContaining('6.0 GB free for /temp: less than the 6.2 GB'),
  });
  expect(spaceVerdict([{ folder: '/lake', free: 4.9e9 }], 0).state).toBe('warning');
});
