// Where a model comes from: what it predicts for whom, how it was made, and of what.
import { counted, escaped, percent } from '../../report-page/page.js';
import type { ModelCard } from './schema.js';
import { facts, table } from './table.js';
import { decimal } from './words.js';

export function purpose({
  label,
  population,
  source,
  evaluation,
  intended_use,
  limits,
  baseline_notes,
}: ModelCard): string {
  const { from, to } = population.period;
  const excluded = population.exclusions.map(({ reason, rows }) => `${escaped(reason)}: ${counted(rows)} rows`);
  return facts([
    ['Intended use', escaped(intended_use)],
    ['Limits', list([...limits, ...baseline_notes].map(escaped))],
    ['Predicts', `${escaped(label.name)}. ${escaped(label.definition)}`],
    [
      'When',
      `${escaped(label.moment)} Nothing that came later was used.${label.horizon_days === null ? '' : ` Outcomes within ${label.horizon_days} days.`}`,
    ],
    [
      'For whom',
      `${escaped(population.definition)} ${counted(evaluation.rows)} rows of ${counted(evaluation.patients)} patients of the source <code>${escaped(source)}</code>.`,
    ],
    ['Left out', excluded.length === 0 ? 'nobody' : list(excluded)],
    ['Period', from === null || to === null ? 'the source has no dates' : `${escaped(from)} to ${escaped(to)}`],
  ]);
}

export function making(card: ModelCard): string {
  const { algorithm, calibration, split, tried, searched = [], loss } = card;
  const map = calibration?.map;
  const how = {
    none: 'none was needed: the probabilities are the model’s own',
    platt:
      map?.kind === 'platt' ? `Platt: log-odds = ${decimal(map.intercept)} + ${decimal(map.slope)} × the model’s` : '',
    isotonic: map?.kind === 'isotonic' ? `isotonic, ${map.margin.length} points` : '',
    temperature:
      map?.kind === 'temperature' ? `one slope for all classes: ${decimal(map.slope)} × the model’s log-odds` : '',
  };
  const candidates = table({
    caption: `Tried, compared by ${loss} over the folds`,
    head: ['algorithm', 'parameters', loss, 'standard error', 'choice'],
    words: [1, 4],
    rows: tried.map(({ algorithm, parameters, loss, standard_error, chosen }) => [
      escaped(algorithm),
      `<code>${settings(parameters)}</code>`,
      decimal(loss, 4),
      decimal(standard_error, 4),
      chosen ? 'chosen' : '',
    ]),
  });
  const search = table({
    caption: 'Searched: the usual parameters, and draws from these ranges, even or even in the logarithm',
    head: ['algorithm', 'parameter', 'usual', 'range', 'scale'],
    words: [1],
    rows: searched.flatMap(({ algorithm, usual, ranges }) =>
      Object.entries(ranges).map(([name, { from, to, scale, whole }]) => [
        escaped(algorithm),
        `<code>${escaped(name)}</code>`,
        `${usual[name] ?? ''}`,
        `${from} to ${to}${whole ? ', whole' : ''}`,
        scale,
      ]),
    ),
  });
  return `${facts([
    [
      'Algorithm',
      `${escaped(algorithm.name)}. <code>${settings(algorithm.parameters)}</code><br>${escaped(algorithm.why)}`,
    ],
    ['Weights', algorithm.class_weights === null ? 'all rows weigh the same' : escaped(algorithm.class_weights)],
    [
      'Judged on',
      `${split.folds} folds by ${split.by}: no patient is in both training and test.${split.cutoff === null ? '' : ` Judged on rows from ${escaped(split.cutoff)} on, trained on what was known before.`}`,
    ],
    [
      'Calibration',
      map
        ? `${how[map.kind]}. Held out: ${(calibration?.tried ?? []).map(({ kind, log_loss }) => `${escaped(kind)} ${decimal(log_loss, 4)}`).join(', ')}`
        : 'as the model gives it',
    ],
  ])}
${candidates}${searched.length > 0 ? `\n${search}` : ''}`;
}

const settings = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${escaped(name)} ${escaped(String(value))}`)
    .join(', ');

export function provenance({ model, version, trained_at, provenance: from, format }: ModelCard): string {
  return facts([
    ['Model', `<code>${escaped(model)}</code>, version <code>${escaped(version)}</code>`],
    ['Trained', escaped(trained_at)],
    ['Published run', `<code>${escaped(from.run)}</code>`],
    ['Digest of the data', `<code>${escaped(from.data_digest)}</code>`],
    ['Hash of the feature schema', `<code>${escaped(from.feature_schema_hash)}</code>`],
    ['Hash of the catalog', `<code>${escaped(from.catalog_hash)}</code>`],
    ['Code', `Carelake ${escaped(from.code_version)}, card format ${format}`],
    ['Seed', `${from.seed}`],
  ]);
}

export function capacityOfCard({ capacity }: ModelCard): string {
  if (capacity === null) return '';
  const { high, medium } = capacity;
  return `<p>Categories follow from how many can be cared for: <strong>High</strong> from ${percent(high.from)}, the top ${percent(high.share)} of the training population; <strong>Medium</strong> (also called Moderate) from ${percent(medium.from)}, the next ${percent(medium.share)}; <strong>Low</strong> below.</p>`;
}

const list = (items: readonly string[]): string => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
