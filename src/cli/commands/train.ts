// carelake train: learns models from the published run, and serves those that are good enough.
import { Option } from 'commander';
import { publishedRun } from '../../app.js';
import { CarelakeError } from '../../errors.js';
import { type ModelLine, modelLine } from '../../models/line.js';
import { makeModel } from '../../models/make.js';
import type { ModelName } from '../../models/plan.js';
import { modelNames } from '../../models/plans.js';
import { balances } from '../../models/train/balance.js';
import { bounds, type TrainingSettings, trainingOptions, usualTraining } from '../../models/train/settings.js';
import { codeVersion } from '../../version.js';
import { progressLine } from '../bar.js';
import { command, type Invocation, running, wholeNumber } from '../command.js';
import { modelsText } from '../models-text.js';

export const train = command({
  name: 'train',
  summary: 'Learn models from the published run, say how good they are, and serve those that are good enough',
  examples: ['train', 'train readmission --source uci-diabetes', 'train risk --algorithm logistic boosting --json'],
})
  .argument('[model...]', `${modelNames.join(', ')}; all of them where none is named`)
  .option('--source <name>', 'learn from this source; else from the one with the most visits that shows the outcome')
  .addOption(
    new Option('--algorithm <name...>', 'fit only these')
      .choices(usualTraining.algorithm)
      .default(usualTraining.algorithm),
  )
  .option(
    '--trials <n>',
    'sets of parameters tried for each algorithm',
    wholeNumber('--trials', ...bounds.trials),
    usualTraining.trials,
  )
  .option(
    '--folds <n>',
    'into how many parts the patients are divided',
    wholeNumber('--folds', ...bounds.folds),
    usualTraining.folds,
  )
  .option('--most <n>', 'learn from no more cases, of patients chosen at random', wholeNumber('--most', 1))
  .option(
    '--seed <n>',
    'the same seed, data and settings give the same model',
    wholeNumber('--seed', 0),
    usualTraining.seed,
  )
  .addOption(
    new Option('--balance <how>', 'make rare outcomes count more; the card shows what it does').choices(balances),
  )
  .action(
    running<TrainingSettings, [string[]]>(async (invocation, options, wanted) => {
      const { lines, refused } = await trainAll(invocation, namesOf(wanted), options);
      if (lines.length === 0 && refused[0]) throw refused[0];
      invocation.output.result(trainedDocument({ lines, refused }), () => trainedText({ lines, refused }));
    }),
  );

interface Trained {
  readonly lines: readonly ModelLine[];
  readonly refused: readonly CarelakeError[];
}

export const trainedDocument = ({ lines, refused }: Trained) => ({
  models: lines,
  refused: refused.map(({ code, message }) => ({ code, message })),
});

export const trainedText = ({ lines, refused }: Trained): string =>
  [...(lines.length > 0 ? [modelsText(lines)] : []), ...refused.map(({ message }) => message)].join('\n\n');

/** Those that the data shows; of the others why not. */
export async function trainAll(
  { app, output, signal }: Invocation,
  names: readonly ModelName[],
  settings: TrainingSettings,
): Promise<Trained> {
  const published = await publishedRun(app, signal);
  const lines: ModelLine[] = [];
  const refused: CarelakeError[] = [];
  for (const name of names) {
    const clock = performance.now();
    try {
      const made = await makeModel(name, app.lake, published, {
        ...trainingOptions(settings),
        threads: app.config.threads,
        signal,
        codeVersion: await codeVersion(),
        now: new Date(),
        onProgress: (done, total, what) =>
          output.progress(`${progressLine(`Training ${name}`, done / total)}, ${what}`),
      });
      lines.push(modelLine(made, performance.now() - clock));
    } catch (error) {
      if (!(error instanceof CarelakeError) || !refusals.includes(error.code)) throw error;
      refused.push(error);
    }
  }
  return { lines, refused };
}

/** What the data cannot show is said, and the other models are trained all the same. */
const refusals: readonly string[] = ['MODEL_NO_OUTCOME', 'MODEL_TOO_FEW', 'LEARN_NO_COLUMN', 'LEARN_ONE_CLASS'];

function namesOf(wanted: readonly string[]): readonly ModelName[] {
  const unknown = wanted.filter((name) => !(modelNames as readonly string[]).includes(name));
  if (unknown.length > 0) {
    throw new CarelakeError('USAGE', `There is no model ${unknown.join(', ')}; there are ${modelNames.join(', ')}.`);
  }
  return wanted.length === 0 ? modelNames : (wanted as readonly ModelName[]);
}
