// The HTML card: one file that loads nothing, says what the card says, and lets no text in as markup.
import { describe, expect, test } from 'vitest';
import { cardHtml } from '../../../src/models/card/html.js';
import { ticks } from '../../../src/models/card/plot.js';
import type { ModelCard } from '../../../src/models/card/schema.js';
import { progressionCard, readmissionCard } from './example.js';

const binary = cardHtml(readmissionCard);

describe.each([
  ['readmission', readmissionCard],
  ['progression', progressionCard],
] as const)('the card of %s', (_, card) => {
  const html = cardHtml(card);
  test('loads nothing: no address, no script, and a policy that forbids both', () => {
    expect(html).not.toMatch(/https?:|<script|<img|<link|@import|url\(/i);
    expect(html).toContain("default-src 'none'");
  });
  test('draws no point that is no number', () => {
    expect(html).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });
  test('names where it comes from, and why it is or is not for use', () => {
    for (const value of Object.values(card.provenance)) expect(html).toContain(String(value));
    expect(html).toContain(card.version);
    expect(html).toContain(card.promotion.reason.split('(')[0]);
  });
  test('opens no element that it does not close', () => {
    for (const name of [
      'table',
      'tr',
      'td',
      'th',
      'div',
      'figure',
      'svg',
      'dl',
      'dd',
      'ul',
      'li',
      'p',
      'span',
      'text',
    ]) {
      const opened = html.match(new RegExp(`<${name}[ >]`, 'g'))?.length ?? 0;
      expect([name, html.match(new RegExp(`</${name}>`, 'g'))?.length ?? 0]).toEqual([name, opened]);
    }
  });
});

test('text of the data is text, not markup', () => {
  expect(binary).toContain('A &lt;group&gt; &amp; &quot;more&quot;');
  expect(binary).not.toContain('<group>');
});

test('the ranges that were searched are named, where the card has them', () => {
  expect(binary).toContain(
    '<code>maxLeaves</code></td><td class="number">31</td><td class="number">4 to 64, whole</td>',
  );
  expect(cardHtml({ ...readmissionCard, searched: [] })).not.toContain('Searched');
});

test('a model of which nothing is known but its figures still has a card', () => {
  const bare: ModelCard = {
    ...readmissionCard,
    limits: [],
    tried: [],
    calibration: null,
    features: [],
    baseline_notes: [],
    capacity: null,
    population: { ...readmissionCard.population, exclusions: [], period: { from: null, to: null } },
    evaluation: { ...readmissionCard.evaluation, groups: [], folds: [] } as ModelCard['evaluation'],
  };
  const html = cardHtml(bare);
  expect(html).toContain('the source has no dates');
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
});

test('axes have round steps that lie on them', () => {
  expect(ticks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks(0, 0.3)).toEqual([0, 0.1, 0.2, 0.3]);
  expect(ticks(-0.025, 0.125)).toEqual([0, 0.05, 0.1]);
});
