// carelake status: what is published.
import { readCurrent } from '../../pipeline/publish/manifest.js';
import { command, running } from '../command.js';
import { statusIn, statusText } from '../status.js';

export const status = command({
  name: 'status',
  summary: 'What is published, and what became of every line',
  examples: ['status', 'status --json'],
}).action(
  running<object, []>(async ({ app, output }) => {
    const current = await readCurrent(app.lake);
    const document = await statusIn(app, current?.manifest);
    output.result(document, () => statusText(document));
  }),
);
