// Spark answers every question about metrics as DuckDB does, over the same files.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerMetrics } from '../../../src/analytics/metrics/metrics.js';
import type { Engine } from '../../../src/engine/engine.js';
import { openSpark } from '../../../src/engine/spark/engine.js';
import { hasSpark, spark } from '../../engine/spark/server.js';
import { type Hospital, motleyHospital } from './hospital.js';
import { questions } from './questions.js';

describe.skipIf(!hasSpark)('on Spark (CARELAKE_TEST_SPARK)', { timeout: 300_000 }, () => {
  let hospital: Hospital;
  let engine: Engine;
  beforeAll(async () => {
    hospital = await motleyHospital('local');
    engine = await openSpark({ address: spark });
  }, 300_000);
  afterAll(async () => {
    await engine.close();
    await hospital.close();
  });

  test.each(Object.entries(questions))('%s', async (_, query) => {
    const answer = await answerMetrics(query, { engine, published: hospital.published });
    expect(answer).toEqual(await hospital.ask(query));
  });

  test('conditions that let nothing through', async () => {
    const query = { metrics: ['total_visits', 'deaths', 'average_severity'], where: { facility: 'Nowhere' } };
    const answer = await answerMetrics(query, { engine, published: hospital.published });
    expect(answer).toEqual(await hospital.ask(query));
  });
});
