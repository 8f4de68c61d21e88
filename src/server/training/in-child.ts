// Training in a process of its own: it takes the processor for minutes and may need more memory than there is, and the server
// goes on answering either way.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../config.js';
import { CarelakeError, type ErrorCode, type Fault } from '../../errors.js';
import type { ModelLine } from '../../models/line.js';
import type { ModelName } from '../../models/plan.js';
import type { TrainingSettings } from '../../models/train/settings.js';
import type { Train } from './jobs.js';

/** What the process is told. */
export interface Order {
  readonly config: Config;
  readonly model: ModelName;
  readonly settings: TrainingSettings;
}

/** What it tells. */
export type News =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number; readonly what: string }
  | { readonly kind: 'done'; readonly line: ModelLine }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string; readonly faults: readonly Fault[] }
  | { readonly kind: 'failed'; readonly stack: string };

const entry = fileURLToPath(new URL('./child.js', import.meta.url));

/** The errors of `Train` are those of the training, and TRAINING_ENDED where its process was ended. */
export const trainsInChild =
  (config: Config): Train =>
  (model, settings, { signal, onProgress }) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const child = fork(entry, [], {
        execArgv: [],
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      // What was stored is whole, and what was not leaves scratch alone, so that it may end where it stands.
      const stop = (): boolean => child.kill('SIGKILL');
      signal.addEventListener('abort', stop, { once: true });
      let settled = false;
      const settle = (act: () => void): void => {
        settled = true;
        act();
      };
      child.on('message', (news: News) => {
        if (news.kind === 'progress') onProgress(news.done, news.total, news.what);
        else if (news.kind === 'done') settle(() => resolve(news.line));
        else if (news.kind === 'failed') settle(() => reject(new Error(news.stack)));
        else settle(() => reject(new CarelakeError(news.code, news.message, { faults: news.faults })));
      });
      child.once('error', (error) => settle(() => reject(error)));
      child.once('exit', (code, killedBy) => {
        signal.removeEventListener('abort', stop);
        if (settled) return;
        const how = killedBy ? `was ended by ${killedBy}` : `ended with ${code}`;
        reject(new CarelakeError('TRAINING_ENDED', `The process that trained ${model} ${how}.`));
      });
      child.send({ config, model, settings } satisfies Order);
    });
