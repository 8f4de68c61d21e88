import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckdb } from '../../../src/engine/duckdb/engine.js';
import { engineContract } from '../../contracts/engine.js';

const endless = 'select max(sha256(cast(i as varchar))) as hash from range(100000000000) as t(i)';

engineContract('DuckDB', endless, async () => {
  const temporary = await mkdtemp(join(tmpdir(), 'carelake-duckdb-'));
  const engine = await openDuckdb({ memory: 500_000_000, threads: 2, temporary });
  return { engine, dispose: () => rm(temporary, { recursive: true }) };
});
