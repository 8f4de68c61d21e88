// The quality of a run as a person reads it on the terminal.
import type { RunQuality, TrendPoint } from '../pipeline/quality/read.js';
import type { CheckResult } from '../pipeline/quality/score.js';
import { textTable } from './output.js';

/** @param all Every check that had something to look at, not only those that fail. */
export function qualityText(report: RunQuality, trend: readonly TrendPoint[], all: boolean): string {
  const { run, as_of, grade, score, checks, published } = report;
  const of = (status: CheckResult['status']) => checks.filter((check) => check.status === status);
  const asked = checks.filter(({ status }) => status !== 'not applicable');
  const shown = all ? asked : [...of('failed'), ...of('waived')];
  const numbers = `${of('passed').length} of ${asked.length} checks passed, ${of('failed').length} failed, ${of('waived').length} waived`;
  return [
    `Run ${run}, as of ${as_of}${published ? '' : ', not published'}: grade ${grade}, score ${score.toFixed(1)} of 100`,
    `${numbers}; ${checks.length - asked.length} had nothing to look at.`,
    ...(shown.length > 0 ? ['', textTable(headings, shown.map(checkRow))] : []),
    ...shown.flatMap(({ id, waiver }) =>
      waiver ? [`${id} ${waiver.expired ? 'was' : 'is'} waived until ${waiver.until}: ${waiver.reason}`] : [],
    ),
    ...(trend.length > 1 ? ['', 'The runs that are kept:', trendTable(trend)] : []),
    '',
    'carelake quality CHECK shows the rows that fail one; --html FILE writes the report, --all shows every check.',
  ].join('\n');
}

const headings = ['check', 'severity', 'failed', 'of', '%', 'threshold %', 'result'];

const checkRow = ({ id, severity, failed_rows: failed, total_rows: total, threshold, status }: CheckResult) => [
  id,
  severity,
  failed,
  total,
  Number(((100 * failed) / total).toPrecision(3)),
  Number((100 * threshold).toPrecision(3)),
  status,
];

const trendTable = (trend: readonly TrendPoint[]): string =>
  textTable(
    ['run', 'as of', 'grade', 'score', 'failed checks', ''],
    trend.map((run) => [
      run.run,
      run.as_of,
      run.grade,
      run.score.toFixed(1).padStart(5),
      run.failed,
      run.published ? '' : 'not published',
    ]),
  );
