import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { openMongoRecords } from '../../src/records/mongo/open.js';
import { recordsProcessesContract } from '../contracts/records-processes.js';
import { dropDatabase, hasMongo, newDatabase, uri } from './mongo-server.js';

describe.skipIf(!hasMongo)('on a server of MongoDB (CARELAKE_TEST_MONGO)', () => {
  recordsProcessesContract('mongodb', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'carelake-records-'));
    const database = newDatabase();
    return {
      address: JSON.stringify({ uri, database }),
      folder,
      reopen: () => openMongoRecords({ uri, database, workspace: 'default' }),
      async dispose() {
        await rm(folder, { recursive: true });
        await dropDatabase(database);
      },
    };
  });
});
