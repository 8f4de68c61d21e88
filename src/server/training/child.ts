// The process that trains: is told what by the server, tells of its progress and what came of it, and ends.
import { openApp, publishedRun } from '../../app.js';
import { CarelakeError } from '../../errors.js';
import { modelLine } from '../../models/line.js';
import { makeModel } from '../../models/make.js';
import { trainingOptions } from '../../models/train/settings.js';
import { codeVersion } from '../../version.js';
import { failureText } from '../failure-text.js';
import type { News, Order } from './in-child.js';

const tell = (news: News): Promise<void> => new Promise((done) => process.send?.(news, () => done()));

// A server that is gone waits for nothing.
process.once('disconnect', () => process.exit());
process.once('message', async (order: Order) => {
  await tell(await trained(order));
  process.disconnect();
});

async function trained({ config, model, settings }: Order): Promise<News> {
  const clock = performance.now();
  const app = await openApp(config);
  try {
    const made = await makeModel(model, app.lake, await publishedRun(app), {
      ...trainingOptions(settings),
      threads: config.threads,
      // Whose code decides what comes of a training.
      codeVersion: await codeVersion('models', 'catalog'),
      now: new Date(),
      onProgress: (done, total, what) => void tell({ kind: 'progress', done, total, what }),
    });
    return { kind: 'done', line: modelLine(made, performance.now() - clock) };
  } catch (error) {
    if (!(error instanceof CarelakeError)) {
      return { kind: 'failed', stack: failureText(error) };
    }
    const { code, message, faults } = error;
    return { kind: 'refused', code, message, faults };
  } finally {
    await app.close();
  }
}
