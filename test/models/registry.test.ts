// The versions of a model in a lake: kept as they are, served only where good enough, and gone back from.
import { expect, test } from 'vitest';
import type { Lake } from '../../src/lake/lake.js';
import { openMemoryLake } from '../../src/lake/memory.js';
import type { ModelCard } from '../../src/models/card/schema.js';
import {
  modelVersions,
  promote,
  readCard,
  readModelFile,
  readServed,
  rollback,
  storeVersion,
  versionsOf,
} from '../../src/models/registry.js';
import { readmissionCard } from './card/example.js';

const [first, second, third] = ['000001-aaaaaaaaaaaa', '000002-bbbbbbbbbbbb', '000003-cccccccccccc'] as const;
const cardOf = (version: string, promoted: boolean): ModelCard => ({
  ...readmissionCard,
  version,
  promotion: { promoted, baseline: 'lace', reason: promoted ? 'For use.' : 'Not for use: it is no better.' },
});
const noon = new Date('2026-03-01T12:00:00Z');

async function withVersions(): Promise<Lake> {
  const lake = openMemoryLake();
  for (const version of [first, second]) await storeVersion(lake, cardOf(version, true), { 'model.bin': version });
  await storeVersion(lake, cardOf(third, false), { 'model.bin': third });
  return lake;
}

test('a version is kept as it was stored first; where none is named the served one is read, before that the newest', async () => {
  const lake = await withVersions();
  await storeVersion(lake, cardOf(first, false), { 'model.bin': 'changed' });
  expect((await readModelFile(lake, 'readmission', first, 'model.bin')).toString()).toBe(first);
  expect((await readCard(lake, 'readmission', first)).promotion.promoted).toBe(true);
  expect(await versionsOf(lake, 'readmission')).toEqual([third, second, first]);
  expect((await readCard(lake, 'readmission')).version).toBe(third);
  await promote(lake, 'readmission', first, noon);
  expect((await readCard(lake, 'readmission')).version).toBe(first);
});

test('a version that its gate refused is not served, whoever asks for it', async () => {
  const lake = await withVersions();
  await expect(promote(lake, 'readmission', third, noon)).rejects.toMatchObject({
    code: 'MODEL_NOT_GOOD_ENOUGH',
    message: expect.stringContaining('it is no better'),
  });
  expect(await readServed(lake, 'readmission')).toBeUndefined();
});

test('what was served before is served again by a rollback, until there is nothing before', async () => {
  const lake = await withVersions();
  await promote(lake, 'readmission', first, noon);
  await promote(lake, 'readmission', second, noon);
  expect(await promote(lake, 'readmission', second, noon)).toMatchObject({ version: second });
  expect((await modelVersions(lake, 'readmission')).map(({ served_since }) => served_since)).toEqual([
    null,
    noon.toISOString(),
    null,
  ]);
  expect(await rollback(lake, 'readmission', noon)).toMatchObject({ version: first, before: [] });
  await expect(rollback(lake, 'readmission', noon)).rejects.toMatchObject({ code: 'MODEL_NO_EARLIER' });
});

test.each(['000009-dddddddddddd', '../../current', ''])(
  'the version "%s" is not known, and those there are are told',
  async (version) => {
    await expect(readCard(await withVersions(), 'readmission', version)).rejects.toMatchObject({
      code: 'MODEL_UNKNOWN',
      message: expect.stringContaining(third),
    });
  },
);
