import { describe } from 'vitest';
import { documentsContract } from '../contracts/documents.js';
import { recordsContract } from '../contracts/records.js';
import { runRowsContract } from '../contracts/run-rows.js';
import { hasMongo, openTwo } from './mongo-server.js';

describe.skipIf(!hasMongo)('on a server of MongoDB (CARELAKE_TEST_MONGO)', () => {
  recordsContract('mongodb', openTwo);
  documentsContract('mongodb', openTwo);
  runRowsContract('mongodb', openTwo);
});
