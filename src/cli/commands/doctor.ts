// carelake doctor: whether this machine and this workspace are in order.
import { check } from '../../doctor/check.js';
import type { Noted } from '../../doctor/models.js';
import { noteIn } from '../audited.js';
import { command, running } from '../command.js';
import { textTable } from '../output.js';

export const doctor = command({
  name: 'doctor',
  summary: 'Check the machine, the lake and the published run',
  examples: ['doctor', 'doctor --deep', 'doctor --json'],
})
  .option('--deep', 'also read every stored file and compare it with its hash, and ask the models and the metrics')
  .action(
    running<{ readonly deep?: true }, []>(async ({ app, output }, { deep = false }) => {
      const noted = (event: Parameters<Noted>[0]) => noteIn({ app, output }, 'doctor', event);
      const findings = await check(app, deep ? { noted } : undefined);
      const failed = findings.filter(({ state }) => state === 'failed').length;
      output.result({ ok: failed === 0, checks: findings }, () =>
        [
          textTable(
            ['', 'check', ''],
            findings.map(({ state, name, detail }) => [state, name, detail]),
          ),
          conclusion(failed, findings.filter(({ state }) => state !== 'ok').length - failed),
        ].join('\n'),
      );
      if (failed > 0) process.exitCode = 1;
    }),
  );

function conclusion(failed: number, doubtful: number): string {
  const look = `${doubtful} should be looked at`;
  if (failed > 0)
    return doubtful > 0 ? `${failed} of these checks failed, ${look}.` : `${failed} of these checks failed.`;
  return doubtful > 0 ? `None of these checks failed; ${look}.` : 'Everything that was checked is in order.';
}
