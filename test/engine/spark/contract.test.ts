import { describe } from 'vitest';
import { openSpark } from '../../../src/engine/spark/engine.js';
import { engineContract } from '../../contracts/engine.js';
import { hasSpark, spark } from './server.js';

// In many small tasks: Spark starts no more of them, but one that computes without reading runs to its end. And not for ever,
// because an interrupt that meets Spark while it plans leaves the tasks running.
const endless = 'select max(sha2(cast(id as string), 256)) as hash from range(0, 60000000, 1, 600)';

describe.skipIf(!hasSpark)('with a Spark Connect server (CARELAKE_TEST_SPARK)', () => {
  engineContract('Spark', endless, async () => ({
    engine: await openSpark({ address: spark }),
    dispose: async () => {},
  }));
});
