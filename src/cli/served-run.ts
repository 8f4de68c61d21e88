// The run that a server makes of what was typed, traced step by step where somebody receives traces.
import type { App } from '../app.js';
import { run } from '../pipeline/run.js';
import { type Traces, tracedSteps } from '../server/observe/traces.js';
import { maturedBy } from './matured.js';
import type { Output } from './output.js';

/** Returns the id of what is then published. */
export async function servedRun(
  app: App,
  output: Output,
  traces: Traces | undefined,
  signal: AbortSignal,
  collect: () => Promise<void>,
): Promise<string> {
  const engine = await app.stepEngine();
  const options = { land: app.landEntries, signal };
  const { manifest } = traces
    ? await traces.around('run', (span) => run(app.lake, tracedSteps(engine, traces, span), options))
    : await run(app.lake, engine, options);
  await maturedBy(app, output);
  await collect();
  return manifest.id;
}
