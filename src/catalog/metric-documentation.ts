// The reference of metrics as Markdown text. Pure; scripts/write-docs.mjs writes it to docs/metrics.md.
import { bulletList, markdownTable } from './markdown.js';
import type { Dimension } from './metrics/dimension.js';
import { type FactTable, paths } from './metrics/facts.js';
import { behaviourOf, type Measure, type Metric } from './metrics/metric.js';
import { dimensions, metrics, reaches } from './metrics.js';

export function metricDocumentation(): string {
  return `${[
    '# Metrics',
    'Generated from the catalog (`src/catalog/metrics`) by `npm run docs`; change it there. `carelake metrics` lists them, ' +
      '`carelake metrics NAME… --by DIMENSION… --where DIMENSION=VALUE…` computes them.',
    'Every metric counts the rows of one table. A dimension is a property of such a row, or of the one row of another table ' +
      'that it leads to, so that no row is ever counted twice; where a row has no single value of a dimension, the metric ' +
      'cannot go by it and says so. Rows whose value is missing are a group of their own. The total is counted over all ' +
      'rows that the conditions let through: of a metric that adds up it is the sum of its groups, of any other it is ' +
      'computed anew.',
    '## Metrics',
    markdownTable(
      [
        'name',
        'label',
        'unit',
        'format',
        'definition',
        'computed as',
        'missing values',
        'where there is nothing',
        'adds up',
      ],
      metrics.map(row),
    ),
    '## Dimensions',
    markdownTable(['name', 'label', 'values', 'what it is'], dimensions.map(dimensionRow)),
    '## Which goes by which',
    markdownTable(['table', 'metrics', 'dimensions'], factTables.map(whichGoes)),
    'The ways from a row to the one row of another table:',
    bulletList(
      paths.map(
        ({ from, column, to, key }) => `${code(`${from}.${column}`)} is ${code(`${to}.${key}`)} of the same source`,
      ),
    ),
  ].join('\n\n')}\n`;
}

function row(metric: Metric): string[] {
  const { name, label, unit = '', format, definition, measure, table } = metric;
  const { missing, empty, additive, why } = behaviourOf(metric);
  return [
    code(name),
    label,
    unit,
    code(format),
    definition,
    computed(measure, table),
    missing,
    empty,
    additive ? 'yes' : `no: ${why}`,
  ];
}

function computed(measure: Measure, table: string): string {
  switch (measure.kind) {
    case 'rows':
      return `rows of ${code(table)}`;
    case 'distinct':
      return `different ${code(measure.column)} in ${code(table)}`;
    case 'mean':
      return `mean of ${code(`${table}.${measure.column}`)}`;
    case 'matching':
      return `rows of ${code(table)} with ${code(`${measure.match.column} = ${measure.match.equals}`)}`;
    case 'share':
      return `100 × rows of ${code(table)} with ${code(`${measure.match.column} = ${measure.match.equals}`)} ÷ those that have a ${code(measure.match.column)}`;
    case 'per':
      return `rows of ${code(measure.rowsOf.from)} that have a row of ${code(table)} ÷ rows of ${code(table)}`;
  }
}

function dimensionRow({ name, label, values, period, description }: Dimension): string[] {
  const text = period ? 'periods of the calendar' : (values?.join(', ') ?? 'those of the data');
  return [code(name), label, text, description];
}

const factTables = [...new Set(metrics.map(({ table }) => table))];

function whichGoes(table: FactTable): string[] {
  const own = metrics.filter((metric) => metric.table === table);
  const by = dimensions.filter((dimension) => reaches({ table }, dimension));
  const named = (list: readonly { readonly name: string }[]) => list.map(({ name }) => code(name)).join(', ');
  return [code(table), named(own), named(by)];
}

const code = (text: string): string => `\`${text}\``;
