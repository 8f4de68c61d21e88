// The program with its steps on Spark: the same files come to the same tables, and what is wrong with the way is said.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasSpark, spark } from '../engine/spark/server.js';
import { freePort } from '../engine/spark/wire.js';
import { Place, type StatusDocument } from './place.js';
import { digests, lakeOf, openEngine, unexplained } from './workspace.js';

interface RunDocument extends StatusDocument {
  readonly steps: readonly { name: string; hash: string; rows: number; reused: boolean; replaced?: true }[];
}

describe('with an address of Spark that leads nowhere', () => {
  let place: Place;
  beforeAll(async () => {
    place = await Place.make();
    await place.json(['demo', '--patients', '20', '--no-serve']);
  });
  afterAll(() => place.remove());

  test('a run is refused by a coded error, and what needs no Spark goes on', async () => {
    const address = `sc://127.0.0.1:${await freePort()}`;
    const failure = await place.failure(['run', '--engine', address]);
    expect(failure).toMatchObject({ code: 'ENGINE_UNREACHABLE', exit: 1, detail: expect.stringContaining(address) });
    const environment = { CARELAKE_ENGINE: 'spark', SPARK_REMOTE: address };
    expect(await place.failure(['run'], { environment })).toMatchObject({ code: 'ENGINE_UNREACHABLE' });
    expect(await place.json(['status'], { environment })).toMatchObject({ tables: { patients: {} } });
    expect(await place.json(['rejects'], { environment })).toMatchObject({ rejects: expect.anything() });
  });

  test('an address that is none is wrong use', async () => {
    const failure = await place.failure(['run', '--engine', 'sc://spark/;token=sesame;use_ssl=false']);
    expect(failure).toMatchObject({ code: 'ENGINE_ADDRESS', exit: 2 });
    expect(JSON.stringify(failure)).not.toContain('sesame');
  });
});

describe.skipIf(!hasSpark)('with the steps on Spark (CARELAKE_TEST_SPARK)', { timeout: 300_000 }, () => {
  let there: Place;
  let here: Place;
  const environment = { CARELAKE_ENGINE: spark };
  beforeAll(async () => {
    there = await Place.make();
    here = await Place.make();
    await here.json(['generate', '--patients', '2000', '--seed', '3', '--dirty', '0.05', '--out', 'hospital']);
    await here.json(['ingest', 'hospital']);
    await there.json(['ingest', join(here.path, 'hospital')], { environment });
    await here.json(['run']);
    await there.json(['run'], { environment });
  }, 300_000);
  afterAll(async () => {
    await there.remove();
    await here.remove();
  });

  test('tables and account are those of DuckDB, value for value, and nothing else is left', async () => {
    const engine = await openEngine(here);
    try {
      expect(await digests(lakeOf(there), engine)).toEqual(await digests(lakeOf(here), engine));
    } finally {
      await engine.close();
    }
    const status = await there.json<StatusDocument>(['status']);
    const local = await here.json<StatusDocument>(['status']);
    expect(status.run?.engine).toMatch(/^spark [34]/);
    expect(status.tables).toEqual(local.tables);
    const withoutBatch = (rows: StatusDocument['accounting']) => rows.map((row) => ({ ...row, batch: undefined }));
    expect(withoutBatch(status.accounting)).toEqual(withoutBatch(local.accounting));
    expect(await unexplained(there)).toEqual([]);
  });

  test('what one engine has made the other uses again, and finds right when it makes it again', async () => {
    const { steps } = await here.json<RunDocument>(['run'], { environment });
    expect(steps.map(({ reused }) => reused)).not.toContain(false);
    const again = await here.json<RunDocument>(['run', '--full'], { environment });
    expect(again.steps.filter(({ replaced }) => replaced)).toEqual([]);
    expect(again.steps.map(({ reused }) => reused)).not.toContain(true);
  });
});
