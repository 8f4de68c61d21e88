import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteRecords } from '../../src/records/sqlite/open.js';
import { recordsContract } from '../contracts/records.js';

for (const key of [undefined, 'a key of more than thirty-two characters']) {
  recordsContract(key ? 'encrypted sqlite' : 'sqlite', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'carelake-records-'));
    const place = { file: join(folder, 'records.sqlite'), ...(key && { key }) };
    return {
      records: await openSqliteRecords({ ...place, workspace: 'default' }),
      other: await openSqliteRecords({ ...place, workspace: 'other' }),
      dispose: () => rm(folder, { recursive: true }),
    };
  });
}
