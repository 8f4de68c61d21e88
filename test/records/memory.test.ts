import { openMemoryRecords } from '../../src/records/memory.js';
import { recordsContract } from '../contracts/records.js';

recordsContract('memory', async () => ({
  records: openMemoryRecords(),
  other: openMemoryRecords(),
  dispose: async () => undefined,
}));
