// The thread that brings in the rows of the published run; it is told to stop by any message.
import { parentPort, workerData } from 'node:worker_threads';
import { openApp } from '../../app.js';
import type { Config } from '../../config.js';
import { bringInPublished } from './bring-in.js';

const stopped = new AbortController();
parentPort?.once('message', () => stopped.abort());

const app = await openApp(workerData as Config);
try {
  const [engine, { runRows: rows }] = await Promise.all([app.engine(), app.records()]);
  await bringInPublished({ lake: app.lake, engine, rows, signal: stopped.signal });
} catch (error) {
  if (!stopped.signal.aborted) throw error;
} finally {
  await app.close();
  parentPort?.removeAllListeners();
  parentPort?.unref();
}
