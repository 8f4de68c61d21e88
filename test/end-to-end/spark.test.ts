// The program with its steps on Spark: it goes on with what DuckDB made, and what is wrong with the way is said.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasSpark, spark } from '../engine/spark/server.js';
import { freePort } from '../engine/spark/wire.js';
import { Place, type StatusDocument } from './place.js';
import { unexplained } from './workspace.js';

interface RunDocument extends StatusDocument {
  readonly steps: readonly { name: string; hash: string; rows: number; reused: boolean; replaced?: true }[];
}

describe('with an address of Spark that leads nowhere', () => {
  let place: Place;
  beforeAll(async () => {
    place = await Place.make();
    await place.json(['demo', '--patients', '20', '--no-train', '--no-serve']);
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
  let place: Place;
  beforeAll(async () => {
    place = await Place.make();
    await place.json(['generate', '--patients', '2000', '--seed', '3', '--dirty', '0.05', '--out', 'hospital']);
    await place.json(['ingest', 'hospital']);
    await place.json(['run']);
  });
  afterAll(() => place.remove());

  // That they make the same of nothing as well: equality.test.ts.
  test('what one engine has made the other uses again, and finds right when it makes it again', async () => {
    const environment = { CARELAKE_ENGINE: spark };
    const { steps } = await place.json<RunDocument>(['run'], { environment });
    expect(steps.map(({ reused }) => reused)).not.toContain(false);
    const again = await place.json<RunDocument>(['run', '--full'], { environment });
    expect(again.steps.filter(({ replaced }) => replaced)).toEqual([]);
    expect(again.steps.map(({ reused }) => reused)).not.toContain(true);
    expect(await unexplained(place)).toEqual([]);
  });
});
