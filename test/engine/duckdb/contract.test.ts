import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckdb } from '../../../src/engine/duckdb/engine.js';
import { engineContract } from '../../contracts/engine.js';

engineContract('DuckDB', async () => {
  const temporary = await mkdtemp(join(tmpdir(), 'carelake-duckdb-'));
  const engine = await openDuckdb({ memory: 500_000_000, threads: 2, temporary });
  return { engine, dispose: () => rm(temporary, { recursive: true }) };
});
