// carelake gc: removes what no kept run needs.
import { collectGarbage, usualGc } from '../../pipeline/gc.js';
import { command, running, wholeNumber } from '../command.js';

interface Options {
  readonly keep: number;
  readonly grace: number;
  readonly dryRun?: boolean;
}

const hour = 3_600_000;

export const gc = command({
  name: 'gc',
  summary: 'Remove old runs, steps that no kept run needs, and what a crash left',
  examples: ['gc', 'gc --keep 3 --dry-run', 'gc --grace 0'],
})
  .option('--keep <n>', 'how many runs to keep', wholeNumber('--keep', 1), usualGc.keep)
  .option('--grace <hours>', 'leave alone what is younger', wholeNumber('--grace', 0), usualGc.grace / hour)
  .option('--dry-run', 'only say what would be removed')
  .action(
    running<Options, []>(async ({ app, output }, { keep, grace, dryRun = false }) => {
      const result = await collectGarbage(app.lake, { keep, grace: grace * hour, dry: dryRun });
      output.result({ dry_run: dryRun, ...result }, () => {
        const { runs, steps, raw, scratch, bytes } = result;
        if (runs + steps + raw + scratch === 0) return 'There is nothing to remove.';
        const what = `${runs} runs, ${steps} steps, ${raw} raw folders, ${scratch} unfinished files of crashes`;
        return `${dryRun ? 'Would remove' : 'Removed'} ${what}: ${(bytes / 1e6).toFixed(1)} MB.`;
      });
    }),
  );
