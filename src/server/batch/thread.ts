// The thread that answers batches: models, and records that predictions are kept in, of its own.
import { parentPort, workerData } from 'node:worker_threads';
import { openApp } from '../../app.js';
import type { Config } from '../../config.js';
import { CarelakeError } from '../../errors.js';
import { openPredictor } from '../../models/predict/predictor.js';
import { failureText } from '../failure-text.js';
import { openBatch } from './batch.js';
import type { Call, Reply } from './in-thread.js';
import { refusalOf } from './order.js';

const { lake, records } = await openApp(workerData as Config);
const batch = openBatch(openPredictor(lake), records);

parentPort?.on('message', async ({ call, order }: Call) => {
  const reply = await batch.answer(order).then(
    (text): Reply => ({ call, text }),
    (error: unknown): Reply =>
      error instanceof CarelakeError ? { call, refusal: refusalOf(error) } : { call, failure: failureText(error) },
  );
  parentPort?.postMessage(reply, 'text' in reply ? [reply.text.buffer as ArrayBuffer] : []);
});
