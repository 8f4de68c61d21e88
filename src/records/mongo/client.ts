// The client of one MongoDB: what is asked of every read and write, whatever the address says, and how long it may take.
import { MongoClient, type MongoClientOptions } from 'mongodb';
import { mongoFault, withoutCredentials } from './faults.js';

/**
 * A write counts when most members of the set have it on their disks, and only such are read: from the primary. So what was
 * acknowledged or seen stays when the primary fails.
 */
const asked: MongoClientOptions = {
  appName: 'carelake',
  readPreference: 'primary',
  readConcern: { level: 'majority' },
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
  ignoreUndefined: true,
  promoteValues: true,
};

/** In milliseconds; what the address says comes before. */
const limits: MongoClientOptions = {
  maxPoolSize: 20,
  serverSelectionTimeoutMS: 10_000,
  connectTimeoutMS: 5_000,
  socketTimeoutMS: 15_000,
  waitQueueTimeoutMS: 10_000,
};

/** @throws RECORDS_FAILED of an address that is none */
export function clientOf(uri: string): MongoClient {
  const own = Object.entries(limits).filter(([name]) => !new RegExp(`[?&]${name}=`, 'i').test(uri));
  try {
    return new MongoClient(uri, { ...asked, ...Object.fromEntries(own) });
  } catch (cause) {
    throw mongoFault(uri, cause);
  }
}

/** Where they are, for people: hosts and database, nothing that stands before or behind them. */
export function addressOf(uri: string, database: string): string {
  const [, scheme = 'mongodb', hosts = ''] = /^(mongodb(?:[+]srv)?):[/][/]([^/?]*)/.exec(withoutCredentials(uri)) ?? [];
  return `${scheme}://${hosts.slice(hosts.lastIndexOf('@') + 1)}/${database}`;
}
