// carelake run: one run of the pipeline.
import { Option } from 'commander';
import type { Status } from '../../pipeline/publish/status.js';
import { type Grade, grades } from '../../pipeline/quality/score.js';
import { type RunResult, run } from '../../pipeline/run.js';
import { progressLine } from '../bar.js';
import { command, type Invocation, running } from '../command.js';
import { maturedBy } from '../matured.js';
import { statusIn, statusText } from '../status.js';

interface Options {
  readonly full?: boolean;
  readonly failBelow?: Grade;
}

export const runPipeline = command({
  name: 'run',
  summary: 'Clean what has landed, build the tables and publish them; what is made already is not made again',
  examples: ['run', 'run --full', 'run --fail-below B', 'run --engine sc://localhost:15002 --json'],
})
  .option('--engine <engine>', 'what runs the steps: duckdb, sc://host:port or spark (CARELAKE_ENGINE; duckdb)')
  .option('--full', 'make every step again; what is stored and is damaged or differs is replaced')
  .addOption(
    new Option(
      '--fail-below <grade>',
      'publish only what has this grade or a better one; else fail, and keep the report',
    ).choices(grades),
  )
  .action(
    running<Options, []>(async (invocation, options) => {
      const { result, document } = await runIn(invocation, options);
      invocation.output.result(document, () => runText(result, document));
    }),
  );

export async function runIn({ app, output, signal }: Invocation, { full = false, failBelow }: Options = {}) {
  const result = await run(app.lake, await app.stepEngine(), {
    full,
    ...(failBelow && { failBelow }),
    land: app.landEntries,
    signal,
    onProgress: ({ done, total, name }) =>
      output.progress(`${progressLine('Running', done / total)}, ${done} of ${total} steps, ${name}`),
  });
  const { ms, steps } = result;
  const matured = await maturedBy(app, output);
  return { result, document: { ...(await statusIn(app, result.manifest)), ms, steps, matured } };
}

export function runText({ published, steps, ms }: RunResult, document: Status & { readonly matured: number }): string {
  const made = steps.filter(({ reused }) => !reused).length;
  const head = published
    ? `Published run ${document.run?.id}: ${made} of ${steps.length} steps made in ${(ms / 1000).toFixed(1)} s.`
    : `Nothing new: run ${document.run?.id} stays published (${(ms / 1000).toFixed(1)} s).`;
  const { matured } = document;
  const known = matured > 0 ? `\nOf ${matured} predictions it is known now what happened: carelake models drift.` : '';
  return `${head}${known}\n\n${statusText(document)}`;
}
