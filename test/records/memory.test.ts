import { openMemoryRecords } from '../../src/records/memory.js';
import { documentsContract } from '../contracts/documents.js';
import { recordsContract } from '../contracts/records.js';
import { runRowsContract } from '../contracts/run-rows.js';

const open = async () => {
  const records = openMemoryRecords();
  return { records, other: openMemoryRecords(records.directory), dispose: async () => undefined };
};
recordsContract('memory', open);
documentsContract('memory', open);
runRowsContract('memory', open);
