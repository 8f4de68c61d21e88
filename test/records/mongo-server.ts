// The server of MongoDB's protocol that tests use: CARELAKE_TEST_MONGO, as .ci/mongo starts it, or a real one at MONGO_URI.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { openMongoRecords } from '../../src/records/mongo/open.js';

const { CARELAKE_TEST_MONGO, CARELAKE_TEST_MONGO_CLASSES, MONGO_URI, REQUIRE_SERVICES } = process.env;
const named = CARELAKE_TEST_MONGO || MONGO_URI;

/** Where services are required, a missing one fails what needs it. */
export const hasMongo = named !== undefined || REQUIRE_SERVICES === '1';
export const uri = named ?? '';
/** Whether tests can start a server of their own. */
export const hasMongoClasses = CARELAKE_TEST_MONGO_CLASSES !== undefined || REQUIRE_SERVICES === '1';

let last = 0;
/** A database for a test, which does not exist yet. */
export const newDatabase = (): string => `carelake_test_${process.pid}_${Date.now()}_${++last}`;

export async function dropDatabase(database: string): Promise<void> {
  const client = new MongoClient(uri);
  await client.db(database).dropDatabase();
  await client.close();
}

/** Two workspaces of a new database. */
export async function openTwo() {
  const database = newDatabase();
  return {
    records: await openMongoRecords({ uri, database, workspace: 'default' }),
    other: await openMongoRecords({ uri, database, workspace: 'other' }),
    dispose: () => dropDatabase(database),
    ...((await ordersByUtf16()) && { texts: 'utf-16' as const }),
  };
}

/** The server of the tests compares texts as Java does. */
async function ordersByUtf16(): Promise<boolean> {
  const client = new MongoClient(uri);
  const database = client.db(newDatabase());
  await database.collection<{ _id: string }>('texts').insertMany([{ _id: '\u{1F600}' }, { _id: '\uFB01' }]);
  const [first] = await database.collection('texts').find().sort({ _id: 1 }).toArray();
  await database.dropDatabase();
  await client.close();
  return String(first?._id) === '\u{1F600}';
}

export interface OwnServer {
  readonly uri: string;
  readonly port: number;
  readonly process: ChildProcess;
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Starts a server; on the same port with the same file it is the same one again. */
export async function startMongo({ port, file }: { port?: number; file?: string } = {}): Promise<OwnServer> {
  const at = port ?? (await freePort());
  const program = ['-Xmx256m', '-XX:+UseSerialGC', '-cp', CARELAKE_TEST_MONGO_CLASSES ?? '', 'CarelakeMongo'];
  const child = spawn('java', [...program, String(at), ...(file === undefined ? [] : [file])], { stdio: 'ignore' });
  for (let round = 0; !(await answers(at)); round++) {
    if (round === 400 || child.exitCode !== null) throw new Error('The server does not answer.');
    await pause(50);
  }
  return {
    uri: `mongodb://127.0.0.1:${at}`,
    port: at,
    process: child,
    async stop(signal) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
