import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteRecords } from '../../src/records/sqlite/open.js';
import { documentsContract } from '../contracts/documents.js';
import { recordsContract } from '../contracts/records.js';
import { runRowsContract } from '../contracts/run-rows.js';

for (const key of [undefined, 'a key of more than thirty-two characters']) {
  const name = key ? 'encrypted sqlite' : 'sqlite';
  const open = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'carelake-records-'));
    const place = { file: join(folder, 'records.sqlite'), ...(key && { key }) };
    return {
      records: await openSqliteRecords({ ...place, workspace: 'default' }),
      other: await openSqliteRecords({ ...place, workspace: 'other' }),
      dispose: () => rm(folder, { recursive: true }),
    };
  };
  recordsContract(name, open);
  documentsContract(name, open);
  runRowsContract(name, open);
}
