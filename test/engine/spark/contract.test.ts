import { openSpark } from '../../../src/engine/spark/engine.js';
import { engineContract } from '../../contracts/engine.js';
import { describeWithSpark, spark } from './server.js';

// In many small tasks: Spark starts no more of them, and a task that computes without reading is not interrupted.
const endless = 'select max(sha2(cast(id as string), 256)) as hash from range(0, 10000000000, 1, 20000)';

describeWithSpark('Spark', () => {
  engineContract('Spark', endless, async () => ({
    engine: await openSpark({ address: spark }),
    dispose: async () => {},
  }));
});
