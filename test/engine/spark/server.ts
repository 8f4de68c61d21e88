// The Spark Connect server that .ci/services starts, and others that a test starts itself, to kill them. Tests that need one are
// skipped where there is none.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** `sc://127.0.0.1:PORT` */
export const spark = process.env.CARELAKE_TEST_SPARK ?? '';

/** Where services are required and there is none, the tests run and fail. */
export const hasSpark = spark !== '' || process.env.REQUIRE_SERVICES === '1';

export interface OwnServer {
  /** Ends it as a crash of its machine would. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  readonly port: number;
  readonly token?: string;
  readonly memory?: string;
  /** MB of a process of its own that does the work, and may die of it; else the server works itself. */
  readonly executor?: number;
  /** False for a Spark without the jars that read S3. */
  readonly s3?: boolean;
  /** Where Spark is and its further jars; the one that .ci/spark has fetched where not given. */
  readonly installed?: { readonly submit: string; readonly jars: string };
}

/** Starts a server of the test's own and waits until it listens. Whoever starts it kills it. */
export async function startSpark({
  port,
  token,
  memory = '800m',
  executor,
  s3 = true,
  installed,
}: ServerOptions): Promise<OwnServer> {
  const folder = await mkdtemp(join(tmpdir(), 'carelake-spark-'));
  const program = join(import.meta.dirname, '../../../.ci/spark-server');
  const child = spawn(program, [folder, String(port), memory, String(executor ?? '')], {
    stdio: 'ignore',
    env: {
      ...process.env,
      ...(token !== undefined && { SPARK_CONNECT_AUTHENTICATE_TOKEN: token }),
      ...(!s3 && { CARELAKE_TEST_SPARK_JARS: folder }),
      ...(installed && { CARELAKE_TEST_SPARK_SUBMIT: installed.submit, CARELAKE_TEST_SPARK_JARS: installed.jars }),
    },
  });
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`The Spark server ended with ${child.exitCode}.`);
    await pause(200);
  }
  return { kill };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const tell = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => tell(true)).on('error', () => tell(false));
  });
}
