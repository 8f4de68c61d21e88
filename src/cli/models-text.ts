// What the terminal shows of models.
import type { ModelLine } from '../models/line.js';
import { textTable } from './output.js';

export function modelsText(lines: readonly ModelLine[]): string {
  const shown = (value: unknown): string => (typeof value === 'number' ? value.toFixed(3) : '');
  return [
    textTable(
      ['model', 'version', 'algorithm', 'source', 'rows', 'AUROC', 'slope', 'skill', 'served'],
      lines.map((line) => [
        ...[line.model, line.version, line.algorithm, line.source, line.rows],
        ...[shown(line.auroc ?? line.macro_auroc), shown(line.slope), shown(line.skill)],
        line.promoted ? 'yes' : 'no',
      ]),
    ),
    ...lines.map(({ model, reason }) => `${model}: ${reason}`),
  ].join('\n\n');
}
