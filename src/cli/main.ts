#!/usr/bin/env node
// The command line: one file a command in commands/.
import { Command, CommanderError } from 'commander';
import { CarelakeError } from '../errors.js';
import { version } from '../version.js';
import { auditCommand } from './commands/audit.js';
import { backup } from './commands/backup.js';
import { demo } from './commands/demo.js';
import { doctor } from './commands/doctor.js';
import { exportTo } from './commands/export.js';
import { gc } from './commands/gc.js';
import { generateTo } from './commands/generate.js';
import { ingestPaths } from './commands/ingest.js';
import { keyCommand } from './commands/key.js';
import { lineage } from './commands/lineage.js';
import { metrics } from './commands/metrics.js';
import { modelsCommand } from './commands/models.js';
import { predict } from './commands/predict.js';
import { quality } from './commands/quality.js';
import { query } from './commands/query.js';
import { rejects } from './commands/rejects.js';
import { restore } from './commands/restore.js';
import { runPipeline } from './commands/run.js';
import { runs } from './commands/runs.js';
import { serve } from './commands/serve.js';
import { status } from './commands/status.js';
import { train } from './commands/train.js';
import { userCommand } from './commands/user.js';
import { reportFailure } from './output.js';

const program = new Command('carelake')
  .description('Raw hospital files in, every record accounted for, clean tables and marts out.')
  .version(version)
  .configureHelp({ sortSubcommands: false })
  .addHelpText('after', '\nStart with: carelake demo');

for (const command of [
  demo,
  generateTo,
  ingestPaths,
  runPipeline,
  status,
  runs,
  quality,
  rejects,
  lineage,
  metrics,
  query,
  exportTo,
  train,
  modelsCommand,
  predict,
  serve,
  userCommand,
  keyCommand,
  auditCommand,
  gc,
  backup,
  restore,
  doctor,
]) {
  program.addCommand(command.exitOverride().showHelpAfterError('(--help shows how it is used)'));
}
program.exitOverride().showHelpAfterError('(--help lists the commands)');

// Whoever reads the result may have enough of it, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and version are no failure. Of everything else Commander has told a person on stderr what is wrong.
  if (error.exitCode !== 0) {
    process.exitCode = 2;
    const detail = error.message.replace(/^error: /, '');
    if (process.argv.includes('--json')) reportFailure(new CarelakeError('USAGE', detail, { cause: error }), true);
  }
}
