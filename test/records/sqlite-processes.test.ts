import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteRecords } from '../../src/records/sqlite/open.js';
import { recordsProcessesContract } from '../contracts/records-processes.js';

recordsProcessesContract('sqlite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carelake-records-'));
  const address = join(folder, 'records.sqlite');
  return {
    address,
    folder,
    reopen: () => openSqliteRecords({ file: address, workspace: 'default' }),
    dispose: () => rm(folder, { recursive: true }),
  };
});
