// A plot as inline SVG: axes with their numbers, marks in the units of the data, and a legend.
import { escaped } from '../../report-page/page.js';

interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

type Point = readonly [x: number, y: number];

/** What is drawn; `look` is one of the classes of `plotStyle`. */
type Mark =
  | { readonly kind: 'line'; readonly look: string; readonly points: readonly Point[]; readonly name?: string }
  | { readonly kind: 'dots'; readonly look: string; readonly points: readonly Point[] }
  | {
      readonly kind: 'bars';
      readonly look: string;
      readonly bars: readonly (readonly [x: number, low: number, high: number])[];
    };

interface Plot {
  readonly title: string;
  /** What somebody who cannot see it should know. */
  readonly says: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly marks: readonly Mark[];
}

const [width, height] = [360, 320];
const [left, right, top, bottom] = [50, 12, 12, 44];

/** Round steps, about five of them. */
export function ticks(from: number, to: number): number[] {
  const rough = (to - from) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) as number);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

export function plot({ title, says, x, y, marks }: Plot): string {
  const across = (value: number) => left + ((value - x.from) / (x.to - x.from)) * (width - left - right);
  const up = (value: number) => height - bottom - ((value - y.from) / (y.to - y.from)) * (height - top - bottom);
  const [foot, end] = [height - bottom, width - right];
  const grid = [
    ...ticks(x.from, x.to).map(
      (at) =>
        `<line class="axis" x1="${px(across(at))}" x2="${px(across(at))}" y1="${top}" y2="${foot}"/><text x="${px(across(at))}" y="${foot + 16}" text-anchor="middle">${at}</text>`,
    ),
    ...ticks(y.from, y.to).map(
      (at) =>
        `<line class="axis" x1="${left}" x2="${end}" y1="${px(up(at))}" y2="${px(up(at))}"/><text x="${left - 6}" y="${px(up(at) + 4)}" text-anchor="end">${String(at).replace('-', '−')}</text>`,
    ),
  ];
  const inside = (points: readonly Point[]) => points.map(([a, b]) => [across(clamp(a, x)), up(clamp(b, y))] as const);
  const drawn = marks.map((mark) => {
    if (mark.kind === 'line') {
      const points = inside(mark.points).map(([a, b]) => `${px(a)},${px(b)}`);
      return `<polyline class="${mark.look}" points="${points.join(' ')}"/>`;
    }
    if (mark.kind === 'dots') {
      return inside(mark.points)
        .map(([a, b]) => `<circle class="${mark.look}" cx="${px(a)}" cy="${px(b)}" r="3.5"/>`)
        .join('');
    }
    return mark.bars
      .map(
        ([a, low, high]) =>
          `<line class="${mark.look}" x1="${px(across(clamp(a, x)))}" x2="${px(across(clamp(a, x)))}" y1="${px(up(clamp(low, y)))}" y2="${px(up(clamp(high, y)))}"/>`,
      )
      .join('');
  });
  const legend = marks.flatMap((mark) =>
    mark.kind === 'line' && mark.name
      ? [
          `<span><svg class="key" width="26" height="8" viewBox="0 0 26 8" aria-hidden="true"><line class="${mark.look}" x1="0" x2="26" y1="4" y2="4"/></svg> ${escaped(mark.name)}</span>`,
        ]
      : [],
  );
  return `<figure><figcaption>${escaped(title)}</figcaption>
<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(`${title}. ${says}`)}">${grid.join('')}${drawn.join('')}<text x="${(left + end) / 2}" y="${height - 8}" text-anchor="middle">${escaped(x.label)}</text><text transform="translate(13 ${(top + foot) / 2}) rotate(-90)" text-anchor="middle">${escaped(y.label)}</text></svg>
<p class="legend">${legend.join(' ')}</p></figure>`;
}

const px = (value: number): string => value.toFixed(1);
const clamp = (value: number, { from, to }: Axis): number => Math.min(to, Math.max(from, value));

/** Looks differ in dash as well as in colour, so that they are told apart without it. */
export const plotStyle = `
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); gap: 1rem; }
figure { margin: 0; break-inside: avoid; } .plots figure > svg { width: 100%; max-width: 30rem; } figcaption { font-weight: 600; } .legend { margin: 0; font-size: .85rem; display: flex; flex-wrap: wrap; gap: .2rem 1rem; }
svg polyline { fill: none; } svg .model { stroke: var(--mark); stroke-width: 2.5; } svg .first { stroke: var(--held); stroke-width: 2; stroke-dasharray: 8 4; }
svg .second { stroke: var(--good); stroke-width: 2; stroke-dasharray: 2 3; } svg .third { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 10 3 2 3; }
svg .ideal { stroke: var(--quiet); stroke-width: 1.2; stroke-dasharray: 4 4; } svg .spread { stroke: var(--mark); stroke-width: 1.2; } svg circle.model { stroke: none; }
`;
