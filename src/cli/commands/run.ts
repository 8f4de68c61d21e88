// carelake run: one run of the pipeline.
import { type RunResult, run } from '../../pipeline/run.js';
import { progressLine } from '../bar.js';
import { command, type Invocation, running } from '../command.js';
import { statusOf, statusText } from '../status.js';

interface Options {
  readonly full?: boolean;
}

export const runPipeline = command({
  name: 'run',
  summary: 'Clean what has landed, build the tables and publish them; what is made already is not made again',
  examples: ['run', 'run --full', 'run --engine sc://localhost:15002 --json'],
})
  .option('--engine <engine>', 'what runs the steps: duckdb, sc://host:port or spark (CARELAKE_ENGINE; duckdb)')
  .option('--full', 'make every step again; what is stored and is damaged or differs is replaced')
  .action(
    running<Options, []>(async (invocation, { full = false }) => {
      const { result, document } = await runIn(invocation, full);
      invocation.output.result(document, () => runText(result, document));
    }),
  );

export async function runIn({ app, output, signal }: Invocation, full: boolean) {
  const result = await run(app.lake, await app.stepEngine(), {
    full,
    signal,
    onProgress: ({ done, total, name }) =>
      output.progress(`${progressLine('Running', done / total)}, ${done} of ${total} steps, ${name}`),
  });
  const { ms, steps } = result;
  return { result, document: { ...statusOf(app.config.workspace, result.manifest), ms, steps } };
}

export function runText({ published, steps, ms }: RunResult, document: ReturnType<typeof statusOf>): string {
  const made = steps.filter(({ reused }) => !reused).length;
  const head = published
    ? `Published run ${document.run?.id}: ${made} of ${steps.length} steps made in ${(ms / 1000).toFixed(1)} s.`
    : `Nothing new: run ${document.run?.id} stays published (${(ms / 1000).toFixed(1)} s).`;
  return `${head}\n\n${statusText(document)}`;
}
