// carelake models: the versions of models that there are, their cards, and which of them is served.
import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { writingTo } from '../../analytics/export/writing.js';
import { CarelakeError } from '../../errors.js';
import { driftOf } from '../../models/drift/drift.js';
import { decode, lightgbmText } from '../../models/learn/index.js';
import type { ModelName } from '../../models/plan.js';
import { modelNames } from '../../models/plans.js';
import { modelVersions, promote, readCard, readModelFile, rollback } from '../../models/registry.js';
import { cardText } from '../card-text.js';
import { command, running } from '../command.js';
import { driftText } from '../drift-text.js';
import { textTable } from '../output.js';

const list = command({
  name: 'list',
  summary: 'Every version of every model, and which is served',
  examples: ['models list', 'models list --json'],
}).action(
  running<object, []>(async ({ app, output }) => {
    const versions = (await Promise.all(modelNames.map((name) => modelVersions(app.lake, name)))).flat();
    output.result({ models: versions }, () =>
      versions.length === 0
        ? 'No model has been trained yet: carelake train.'
        : textTable(
            ['model', 'version', 'algorithm', 'source', 'trained', 'good enough', 'served since'],
            versions.map((one) => [
              ...[one.model, one.version, one.algorithm, one.source, one.trained_at.slice(0, 10)],
              ...[one.promoted ? 'yes' : 'no', one.served_since?.slice(0, 10) ?? ''],
            ]),
          ),
    );
  }),
);

const card = command({
  name: 'card',
  summary: 'What a version of a model is, how good it is, and for whom',
  examples: ['models card readmission', 'models card risk --html risk.html', 'models card progression --json'],
})
  .argument('<model>', modelNames.join(', '))
  .argument('[version]', 'else the one that is served, before any is the newest')
  .option('--html <file>', 'write the card with its plots as one HTML file')
  .action(
    running<{ readonly html?: string }, [string, string | undefined]>(
      async ({ app, output }, { html }, model, version) => {
        const found = await readCard(app.lake, known(model), version);
        if (html !== undefined) {
          const page = await readModelFile(app.lake, found.model, found.version, 'card.html');
          await writingTo(html, () => writeFile(html, page, { mode: 0o600 }));
          output.note(`Card written to ${html}.`);
        }
        output.result(found, () => cardText(found));
      },
    ),
  );

const promotion = command({
  name: 'promote',
  summary: 'Serve a version that is good enough; a running server takes it up at once',
  examples: ['models promote readmission 000002-0f3a6c1be2d4'],
})
  .argument('<model>', modelNames.join(', '))
  .argument('<version>', 'as models list names it')
  .action(
    running<object, [string, string]>(async ({ app, output }, _, model, version) => {
      const served = await promote(app.lake, known(model), version, new Date());
      output.result({ model, ...served }, () => `${model} ${served.version} is served from now on.`);
    }),
  );

const back = command({
  name: 'rollback',
  summary: 'Serve the version again that was served before',
  examples: ['models rollback readmission'],
})
  .argument('<model>', modelNames.join(', '))
  .action(
    running<object, [string]>(async ({ app, output }, _, model) => {
      const served = await rollback(app.lake, known(model), new Date());
      output.result({ model, ...served }, () => `${model} ${served.version} is served again.`);
    }),
  );

const exported = command({
  name: 'export',
  summary: "Write a model of trees in LightGBM's text format, its features in the order of the card",
  examples: ['models export readmission readmission.txt'],
})
  .argument('<model>', modelNames.join(', '))
  .argument('<file>', 'the file to write')
  .option('--model-version <version>', 'else the one that is served, before any is the newest')
  .action(
    running<{ readonly modelVersion?: string }, [string, string]>(
      async ({ app, output }, { modelVersion }, model, file) => {
        const { version } = await readCard(app.lake, known(model), modelVersion);
        const text = lightgbmText(decode(await readModelFile(app.lake, model, version, 'model.bin')));
        await writingTo(file, () => writeFile(file, text, { mode: 0o600 }));
        output.result(
          { model, version, file },
          () => `${model} ${version} written to ${file}; it is not calibrated there.`,
        );
      },
    ),
  );

const drift = command({
  name: 'drift',
  summary: 'Whether a version is asked about other patients than it learned from, and how its predictions turned out',
  examples: ['models drift readmission', 'models drift risk --from 2026-01-01 --json'],
})
  .argument('<model>', modelNames.join(', '))
  .option('--model-version <version>', 'else the one that is served')
  .option('--from <date>', 'questions from this day on, YYYY-MM-DD; else all that were kept')
  .action(
    running<{ readonly from?: string; readonly modelVersion?: string }, [string]>(
      async ({ app, output }, { from, modelVersion }, model) => {
        await app.matureOutcomes();
        const { predictions } = await app.records();
        const found = await driftOf(app.lake, predictions, known(model), { version: modelVersion, from });
        output.result(found, () => driftText(found));
      },
    ),
  );

/** Has no options: those of the commands below it would be taken for its own. */
export const modelsCommand = new Command('models')
  .description('The models that were trained: list, card, promote, rollback, export, drift')
  .addHelpText('after', '\nExamples:\n  carelake models list\n  carelake models card readmission --html card.html');
for (const one of [list, card, promotion, back, exported, drift]) {
  modelsCommand.addCommand(one.exitOverride().showHelpAfterError('(--help shows how it is used)'));
}

function known(model: string): ModelName {
  const name = modelNames.find((one) => one === model);
  if (!name) throw new CarelakeError('USAGE', `There is no model ${model}; there are ${modelNames.join(', ')}.`);
  return name;
}
