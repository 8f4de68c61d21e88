// carelake metrics: the numbers of the catalog, and what each means.
import { answerMetrics, type MetricAnswer, tablesCounted } from '../../analytics/metrics/metrics.js';
import { whereOf } from '../../analytics/metrics/where-text.js';
import type { Metric } from '../../catalog/metrics/metric.js';
import { metricReference } from '../../catalog/metrics/reference.js';
import { command, running, wholeNumber } from '../command.js';
import { excerpt, textTable } from '../output.js';

interface Options {
  readonly by: readonly string[];
  readonly where: readonly string[];
  readonly sort: readonly string[];
  readonly limit: number;
  readonly previous?: true;
}

export const metrics = command({
  name: 'metrics',
  summary: 'The numbers of the published tables; without a name, which there are and what they mean',
  examples: [
    'metrics',
    'metrics total_patients smokers_percent --by gender',
    'metrics total_visits readmission_rate --by month --where year=2025 age_group=65+ --previous',
    'metrics total_visits --by disease --where facility!=North --sort -total_visits --limit 10 --json',
  ],
})
  .argument('[name...]', 'the metrics')
  .option('--by <dimension...>', 'a row for each of its values', [])
  .option(
    '--where <condition...>',
    'dimension=value, dimension!=value, month=2025-01..2025-06; an empty value is missing; repeated: either',
    [],
  )
  .option('--sort <name...>', 'metrics and dimensions of the query; - before one for descending', [])
  .option('--limit <n>', 'the most rows to show', wholeNumber('--limit', 1), 1000)
  .option('--previous', 'beside each number that of the period before the one that --where names')
  .action(
    running<Options, [string[]]>(async ({ app, output, signal }, { by, where, sort, limit, previous }, names) => {
      if (names.length === 0) {
        const reference = metricReference();
        output.result(reference, () => listed(reference));
        return;
      }
      const query = {
        metrics: names,
        by,
        where: whereOf(where),
        sort,
        limit,
        ...(previous && { compare: 'previous' }),
      };
      const engine = await app.engine();
      const place = { engine, published: await app.published(() => tablesCounted(query, engine.dialect)), signal };
      const answer = await answerMetrics(query, place);
      if (answer.groups > answer.rows.length) {
        output.note(`Only the first ${answer.rows.length} of ${answer.groups} rows are shown; --limit shows more.`);
      }
      output.result(answer, () => answerText(answer));
    }),
  );

function listed({ metrics: all, dimensions }: ReturnType<typeof metricReference>): string {
  const rows = all.map(({ name, label, unit, additive, definition }) => [
    name,
    label,
    unit ?? '',
    additive ? 'yes' : 'no',
    excerpt(definition),
  ]);
  return [
    textTable(['metric', 'label', 'unit', 'adds up', 'definition'], rows),
    textTable(
      ['dimension', 'label', 'values'],
      dimensions.map(({ name, label, values }) => [name, label, excerpt(values?.join(', ') ?? 'those of the data')]),
    ),
  ].join('\n\n');
}

/** One row a group and a last one for all of them, in the order of the query; numbers as the catalog shows them. */
function answerText({ metrics: asked, by, rows, total }: MetricAnswer): string {
  const headings = asked.flatMap(({ label }) => (total.previous ? [label, 'before'] : [label]));
  const cells = ({ values, previous }: MetricAnswer['total']) =>
    asked.flatMap(({ name, format, unit }) => {
      const now = formatted(values[name], format, unit);
      return previous ? [now, formatted(previous[name], format, unit)] : [now];
    });
  const body = rows.map((row) => [...by.map(({ name }) => row.by[name] ?? 'missing'), ...cells(row)]);
  const last = [...by.map((_, index) => (index === 0 ? 'All' : '')), ...cells(total)];
  return textTable([...by.map(({ label }) => label), ...headings], by.length === 0 ? [last] : [...body, last]);
}

function formatted(value: number | null | undefined, format: Metric['format'], unit: string | null): string {
  if (value === null || value === undefined) return '–';
  const decimals = format.split('.')[1]?.length ?? 0;
  const number = value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return unit === null ? number : `${number} ${unit}`;
}
