// Rows with a name at the left and a mark on a common scale: a forest plot of groups, and bars of importance.
import { escaped } from '../../report-page/page.js';
import type { Estimate } from '../evaluate/estimate.js';
import { ticks } from './plot.js';
import { decimal } from './words.js';

interface Strip {
  readonly name: string;
  /** A line of its own above the rows that belong to it. */
  readonly heading?: boolean;
  readonly estimate?: Estimate | null;
  /** In the place of the mark. */
  readonly note?: string;
}

const [width, line, left, right] = [700, 24, 230, 60];

/** @param overall Drawn as a line through all rows. */
export function forest(title: string, label: string, strips: readonly Strip[], overall: number | null): string {
  const ends = strips.flatMap(({ estimate }) =>
    estimate ? [estimate.low ?? estimate.value, estimate.high ?? estimate.value] : [],
  );
  if (ends.length === 0) return '';
  const all = overall === null ? ends : [...ends, overall];
  const [from, to] = [Math.floor(Math.min(...all) * 20) / 20, Math.ceil(Math.max(...all) * 20) / 20];
  const x = (value: number) => left + ((value - from) / (to - from || 1)) * (width - left - right);
  const foot = strips.length * line + 8;
  const rows = strips.map(({ name, heading, estimate, note }, number) => {
    const y = number * line + 18;
    const text = `<text class="${heading ? 'heading' : 'name'}" x="${heading ? 4 : 16}" y="${y + 4}">${escaped(short(name))}</text>`;
    if (!estimate) return `${text}<text x="${left}" y="${y + 4}">${escaped(note ?? '')}</text>`;
    const spread =
      estimate.low === null || estimate.high === null
        ? ''
        : `<line class="spread" x1="${px(x(estimate.low))}" x2="${px(x(estimate.high))}" y1="${y}" y2="${y}"/>`;
    return `${text}${spread}<circle cx="${px(x(estimate.value))}" cy="${y}" r="4"/><text x="${width - right + 12}" y="${y + 4}">${decimal(estimate.value)}</text>`;
  });
  const grid = ticks(from, to).map(
    (at) =>
      `<line class="axis" x1="${px(x(at))}" x2="${px(x(at))}" y1="4" y2="${foot}"/><text x="${px(x(at))}" y="${foot + 16}" text-anchor="middle">${at}</text>`,
  );
  const middle =
    overall === null ? '' : `<line class="ideal" x1="${px(x(overall))}" x2="${px(x(overall))}" y1="4" y2="${foot}"/>`;
  return `<figure><figcaption>${escaped(title)}</figcaption>
<div class="wide" tabindex="0" role="region" aria-label="${escaped(title)}"><svg class="strips" viewBox="0 0 ${width} ${foot + 40}" width="${width}" height="${foot + 40}" role="img" aria-label="${escaped(`${title}; the figures stand in the table`)}">${grid.join('')}${middle}${rows.join('')}<text x="${(left + width - right) / 2}" y="${foot + 34}" text-anchor="middle">${escaped(label)}</text></svg></div></figure>`;
}

/** Longest first; values below 0 are drawn as none. */
export function bars(
  title: string,
  label: string,
  values: readonly { readonly name: string; readonly value: number }[],
): string {
  const most = Math.max(...values.map(({ value }) => value), Number.MIN_VALUE);
  const foot = values.length * line + 8;
  const rows = values.map(({ name, value }, number) => {
    const y = number * line + 18;
    const length = (Math.max(0, value) / most) * (width - left - right - 10);
    return `<text class="name" x="4" y="${y + 4}">${escaped(short(name))}</text><rect x="${left}" y="${y - 7}" width="${px(length)}" height="14"/><text x="${px(left + length + 6)}" y="${y + 4}">${decimal(value, 4)}</text>`;
  });
  return `<figure><figcaption>${escaped(title)}</figcaption>
<div class="wide" tabindex="0" role="region" aria-label="${escaped(title)}"><svg class="strips" viewBox="0 0 ${width} ${foot + 22}" width="${width}" height="${foot + 22}" role="img" aria-label="${escaped(`${title}: ${values.map(({ name, value }) => `${name} ${decimal(value, 4)}`).join(', ')}`)}">${rows.join('')}<text x="${left}" y="${foot + 16}">${escaped(label)}</text></svg></div></figure>`;
}

const px = (value: number): string => value.toFixed(1);

/** What fits beside the scale; the table has the whole name. */
const short = (name: string): string => (name.length > 34 ? `${name.slice(0, 33)}…` : name);

/** Wide enough to be read; scrolled sideways on a narrow screen. */
export const stripStyle = `
svg.strips { min-width: 34rem; } svg.strips .heading { fill: var(--ink); font-weight: 600; } svg.strips .name { fill: var(--ink); } svg rect { fill: var(--mark); }
`;
