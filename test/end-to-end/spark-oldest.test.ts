// The oldest Spark that Carelake runs on makes what DuckDB makes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSpark } from '../../src/engine/spark/engine.js';
import { type OwnServer, startSpark } from '../engine/spark/server.js';
import { freePort } from '../engine/spark/wire.js';
import { writeCorpus } from './hostile-files.js';
import { Place, type StatusDocument } from './place.js';
import { unexplained } from './workspace.js';

interface RunDocument extends StatusDocument {
  readonly steps: readonly { name: string; rows: number; reused: boolean; replaced?: true }[];
}

const installed = {
  submit: process.env.CARELAKE_TEST_OLD_SPARK_SUBMIT ?? '',
  jars: process.env.CARELAKE_TEST_OLD_SPARK_JARS ?? '',
};
const hasOldSpark = installed.submit !== '' || process.env.REQUIRE_SERVICES === '1';

describe.skipIf(!hasOldSpark)('on Spark 3.5 (CARELAKE_TEST_OLD_SPARK_SUBMIT)', { timeout: 600_000 }, () => {
  let server: OwnServer;
  let address: string;
  let place: Place;
  beforeAll(async () => {
    const port = await freePort();
    address = `sc://127.0.0.1:${port}`;
    place = await Place.make();
    [server] = await Promise.all([startSpark({ port, memory: '1200m', installed }), filled(place)]);
  }, 300_000);
  afterAll(async () => {
    await server.kill();
    await place.remove();
  });

  test('every step comes out as DuckDB has made it', async () => {
    const engine = await openSpark({ address });
    await engine.close();
    expect(engine.version).toMatch(/^3[.]5[.]/);
    const { steps } = await place.json<RunDocument>(['run', '--full', '--engine', address]);
    expect(steps.filter(({ rows }) => rows > 0).length).toBeGreaterThan(30);
    expect(steps.filter(({ replaced }) => replaced)).toEqual([]);
    expect(steps.map(({ reused }) => reused)).not.toContain(true);
    expect(await unexplained(place)).toEqual([]);
  });
});

/** A hospital with defects and files that were never meant well, run by DuckDB. */
async function filled(place: Place): Promise<void> {
  await place.json(['generate', '--patients', '300', '--seed', '3', '--dirty', '0.2', '--out', 'hospital']);
  await place.json(['ingest', 'hospital']);
  await writeCorpus(`${place.path}/hostile`);
  await place.json(['ingest', 'hostile', '--as', 'visits', '--source', 'hostile']);
  await place.json(['run']);
}
