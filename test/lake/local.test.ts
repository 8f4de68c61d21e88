import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalLake } from '../../src/lake/local.js';
import { lakeContract } from '../contracts/lake.js';

lakeContract('local', async () => {
  const folder = await mkdtemp(join(tmpdir(), "carelake lake's "));
  const lake = openLocalLake({ root: join(folder, 'not yet made') });
  return { lake, dispose: () => rm(folder, { recursive: true }) };
});
