// The numbers of a bar chart as a table. Each value is a button, so that the keyboard filters as the mouse does.
import { UnstyledButton } from '@mantine/core';
import type { Metric } from '../../src/catalog/metrics/metric.ts';
import { metricText, percentText, unknown } from '../format.ts';
import type { Bar } from './bars.ts';

interface Props {
  readonly caption: string;
  readonly bars: readonly Bar[];
  readonly dimension: string;
  readonly metric: { readonly label: string; readonly format: Metric['format'] };
  /** Whether any of the values was chosen. */
  readonly filtered: boolean;
  readonly onToggle: (index: number) => void;
}

export function BarTable({ caption, bars, dimension, metric, filtered, onToggle }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section className="scrolling tall" aria-label={`${caption}, table`} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{dimension}</th>
            <th scope="col" className="number">
              {metric.label}
            </th>
            <th scope="col" className="number">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ label, value, share, chosen }, index) => (
            <tr key={label}>
              <td>
                <UnstyledButton className="value" aria-pressed={filtered && chosen} onClick={() => onToggle(index)}>
                  {label}
                </UnstyledButton>
              </td>
              <td className="number">{metricText(value, metric.format)}</td>
              <td className="number">{share === null ? unknown : percentText(share)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
