// Whether Spark, where it runs the steps, answers and reads and writes the lake.
import { randomUUID } from 'node:crypto';
import type { App } from '../app.js';
import { type Engine, rowsOf } from '../engine/engine.js';
import { placementOf } from '../pipeline/placement/choose.js';
import { type Verdict, verdictOn } from './finding.js';

/**
 * Writes two rows where a step would, and reads them back.
 * @throws ENGINE_… and LAKE_… where it cannot: ENGINE_UNREACHABLE, ENGINE_REFUSED, ENGINE_NOT_SHARED, LAKE_NOT_ENCRYPTED
 * among them.
 */
export async function sparkReachesLake({ lake, config, stepEngine }: App): Promise<Verdict> {
  if (config.engine === 'duckdb')
    return { state: 'ok', detail: 'Spark is not asked for: the steps run on DuckDB here' };
  const engine = await stepEngine();
  // Below the steps, where Spark is to have its rights and `gc` finds what a crash leaves.
  const key = `steps/doctor-${randomUUID()}`;
  const rows = await placementOf(lake, engine).making(key, async (made) => {
    const sql = 'select 1 as n union all select 2 as n';
    await engine.materialize({ name: 'doctor', sql, inputs: {}, output: made.output });
    const files = await made.files();
    await lake.direct?.requireSealable(key, files);
    return readBack(engine, made.paths(files));
  });
  const faults = rows === 'n=1,n=2' ? [] : [`Spark reads ${rows} where it wrote n=1,n=2`];
  return verdictOn(faults, `Spark ${engine.version} answers, and writes and reads ${lake.address}`);
}

async function readBack(engine: Engine, paths: readonly string[]): Promise<string> {
  const job = { name: 'doctor', sql: 'select n from t order by n', inputs: { t: paths } };
  return (await rowsOf<{ n: number }>(engine, job)).map(({ n }) => `n=${n}`).join();
}
