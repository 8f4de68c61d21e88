// What Carelake adds to a step on tiny tables: each step of a run made by our runner and by a bare client of Spark Connect that
// sends the same statements, one after the other, in turn first.
//   node bench/scale/overhead.mjs [--patients 20] [--rounds 3]      with the Spark that `.ci/services` starts
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sparkDialect } from '../../dist/engine/dialects/spark.js';
import { openSpark } from '../../dist/engine/spark/engine.js';
import { stepHash } from '../../dist/engine/step.js';
import { openLocalLake } from '../../dist/lake/local.js';
import { readBatches } from '../../dist/pipeline/batch.js';
import { planRun, stepsOf } from '../../dist/pipeline/plan.js';
import { inOrder, runSteps, stepFiles } from '../../dist/pipeline/runner.js';
import { measure } from '../pipeline/measure.mjs';
import { bareClient } from './bare-client.mjs';

const { values } = parseArgs({
  options: { patients: { type: 'string', default: '20' }, rounds: { type: 'string', default: '3' } },
});
const address = process.env.CARELAKE_TEST_SPARK;
if (!address) throw new Error('CARELAKE_TEST_SPARK is not set: source .ci/services first.');

const folder = await mkdtemp(join(tmpdir(), 'carelake-overhead-'));
const cli = join(import.meta.dirname, '../../dist/cli/main.js');
const hospital = join(folder, 'hospital');
await measure(process.execPath, [cli, 'generate', '--patients', values.patients, '--dirty', '0', '--out', hospital]);
await measure(process.execPath, [cli, 'ingest', hospital, '--data', folder]);

const lake = openLocalLake({ root: join(folder, 'workspaces/default') });
const engine = await openSpark({ address });
const bare = bareClient(address);
const steps = inOrder(stepsOf(planRun(await readBatches(lake))));
const filesOf = (source) => (source.kind === 'raw' ? lake.checkout(source.keys) : stepFiles(lake, stepHash(source)));

/** Milliseconds of each step, by name: ours and the bare client's, one a round. */
const times = new Map(steps.map(({ name }) => [name, { ours: [], bare: [] }]));
for (let round = 0; round <= Number(values.rounds); round++) {
  await rm(join(folder, 'workspaces/default/steps'), { recursive: true, force: true });
  for (const [index, step] of steps.entries()) {
    const inputs = {};
    for (const [name, sources] of Object.entries(step.inputs))
      inputs[name] = (await Promise.all(sources.map(filesOf))).flat();
    const output = join(folder, 'bare', `${round}-${index}`);
    await mkdir(output, { recursive: true });
    const turns = [
      async () => ['ours', (await runSteps([step], { lake, engine })).at(-1).ms],
      async () => {
        const started = performance.now();
        await bare.materialize({ sql: step.sql(sparkDialect), inputs, output });
        return ['bare', performance.now() - started];
      },
    ];
    for (const turn of (index + round) % 2 ? turns.reverse() : turns) {
      const [who, ms] = await turn();
      // The first round warms Spark.
      if (round > 0) times.get(step.name)[who].push(ms);
    }
  }
  process.stderr.write(`round ${round} of ${values.rounds}\n`);
}
bare.close();
await engine.close();
await rm(folder, { recursive: true, force: true });

const sum = (who) => [...times.values()].reduce((total, { [who]: all }) => total + Math.min(...all), 0);
const ratios = [...times.values()]
  .map(({ ours, bare: theirs }) => Math.min(...ours) / Math.min(...theirs))
  .sort((a, b) => a - b);
process.stdout.write(
  [
    '| steps | ours ms | bare client ms | ratio | ratio of the median step | of the worst |',
    '| ----: | ------: | -------------: | ----: | -----------------------: | -----------: |',
    `| ${steps.length} | ${sum('ours').toFixed(0)} | ${sum('bare').toFixed(0)} | ${(sum('ours') / sum('bare')).toFixed(2)} | ${ratios[ratios.length >> 1].toFixed(2)} | ${ratios.at(-1).toFixed(2)} |`,
    '',
  ].join('\n'),
);
