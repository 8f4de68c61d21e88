// One metric by one dimension: as a chart, as a table, as CSV and as PNG. A click on a value filters the page by it.
import { ActionIcon, Group, Menu, Skeleton, Text, Title, Tooltip, useMatches } from '@mantine/core';
import { lazy, Suspense, useId, useMemo, useState } from 'react';
import type { Value } from '../../src/analytics/metrics/query.ts';
import type { MetricsAnswer } from '../api/answers.ts';
import { csvText } from '../downloads/csv.ts';
import { save } from '../downloads/save.ts';
import { countText, metricText, missing } from '../format.ts';
import { ChartIcon, DownloadIcon, TableIcon } from '../shell/icons.tsx';
import { BarTable } from './bar-table.tsx';
import { type Bar, barOption } from './bars.ts';
import { usePalette } from './palette.ts';

const Plot = lazy(() => import('./plot.tsx'));

export interface ChartProps {
  readonly title: string;
  readonly dimension: string;
  readonly metric: string;
  readonly answer: MetricsAnswer;
  readonly direction: 'lying' | 'standing';
  /** Of the drawing, in pixels. */
  readonly height: number;
  readonly axis: string;
  readonly valueAxis: string;
  /** The values in the order in which they are shown; without it as the answer has them. */
  readonly order: readonly string[] | null;
  readonly chosen: readonly Value[];
  readonly onToggle: (value: Value) => void;
  /** What the numbers are of, in words: filters, run and date. */
  readonly about: string;
}

/** More bars than these are no chart any more; the table has all. */
const mostBars = 12;

export function ChartCard({
  title,
  dimension,
  metric,
  answer,
  direction,
  height,
  axis,
  valueAxis,
  order,
  chosen,
  onToggle,
  about,
}: ChartProps) {
  const [asTable, setAsTable] = useState(false);
  const palette = usePalette();
  const narrow = useMatches({ base: true, xs: false });
  const heading = useId();
  const described = answer.metrics.find(({ name }) => name === metric) as MetricsAnswer['metrics'][number];
  const dimensionLabel = answer.by[0]?.label ?? dimension;
  const rows = useMemo(() => inOrder(answer.rows, dimension, order), [answer, dimension, order]);
  const bars = useMemo(
    () =>
      rows.map(
        (row): Bar =>
          barOf(row.by[dimension] ?? null, row.values[metric] ?? null, answer.total.values[metric] ?? null, chosen),
      ),
    [rows, dimension, metric, answer, chosen],
  );
  const shown = useMemo(() => bars.slice(0, mostBars), [bars]);
  const option = useMemo(
    () => barOption({ bars: shown, direction, metric: described, axis, valueAxis, narrow, palette }),
    [shown, direction, described, axis, valueAxis, narrow, palette],
  );
  const fileName = `${dimension.replaceAll('_', '-')}-run-${answer.as_of.run}`;
  const saveCsv = () => {
    const lines = bars.map(({ label, value, share }) => [
      label,
      value,
      share === null ? null : Math.round(1000 * share) / 10,
    ]);
    const text = csvText([dimensionLabel, described.label, 'Share %'], lines);
    save(`${fileName}.csv`, new Blob([text], { type: 'text/csv;charset=utf-8' }));
  };
  const savePng = async () => {
    const { pictureOf } = await import('./picture.ts');
    save(`${fileName}.png`, await pictureOf({ option, title, subtitle: about, height, palette }));
  };
  return (
    <section className="card chart" aria-labelledby={heading}>
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <Title order={2} id={heading}>
          {title}
        </Title>
        <Group gap={2} wrap="nowrap">
          <Tooltip label={asTable ? 'Show the chart' : 'Show the table'} openDelay={400}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${title}: table`}
              aria-pressed={asTable}
              onClick={() => setAsTable(!asTable)}
            >
              {asTable ? <ChartIcon /> : <TableIcon />}
            </ActionIcon>
          </Tooltip>
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={`${title}: download`}>
                <DownloadIcon />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={saveCsv}>Download CSV</Menu.Item>
              <Menu.Item onClick={() => void savePng()}>Download PNG</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      {bars.length === 0 ? (
        <Text c="dimmed" size="sm" py="xl">
          No rows match these filters.
        </Text>
      ) : bars.every((bar) => bar.missing) && !asTable ? (
        <Text c="dimmed" size="sm" py="xl">
          Not known of any of the {metricText(answer.total.values[metric], described.format)} {valueAxis.toLowerCase()}.
        </Text>
      ) : asTable ? (
        <BarTable
          caption={title}
          bars={bars}
          dimension={dimensionLabel}
          metric={described}
          filtered={chosen.length > 0}
          onToggle={(index) => onToggle(rows[index]?.by[dimension] ?? null)}
        />
      ) : (
        <Suspense fallback={<Skeleton height={height} />}>
          <Plot
            option={option}
            height={height}
            label={`${title}: ${shown.map(({ label, value }) => `${label} ${value === null ? 'not known' : countText(value)}`).join(', ')}`}
            onPick={(index) => onToggle(rows[index]?.by[dimension] ?? null)}
          />
        </Suspense>
      )}
      {!asTable && bars.length > shown.length && (
        <Text c="dimmed" size="xs">
          {shown.length} of {countText(bars.length)}; the table has all.
        </Text>
      )}
      {answer.groups > answer.rows.length && (
        <Text c="dimmed" size="xs">
          The {countText(answer.rows.length)} largest of {countText(answer.groups)}.
        </Text>
      )}
    </section>
  );
}

function barOf(value: Value, count: number | null, whole: number | null, chosen: readonly Value[]): Bar {
  return {
    label: value ?? missing,
    value: count,
    share: count === null || !whole ? null : count / whole,
    missing: value === null,
    chosen: chosen.length === 0 || chosen.includes(value),
  };
}

/** What is missing comes last in either order. */
function inOrder(
  rows: MetricsAnswer['rows'],
  dimension: string,
  order: readonly string[] | null,
): MetricsAnswer['rows'] {
  const place = ({ by }: MetricsAnswer['rows'][number], index: number): number => {
    const value = by[dimension] ?? null;
    if (value === null) return Number.POSITIVE_INFINITY;
    return order ? order.indexOf(value) : index;
  };
  const places = new Map(rows.map((row, index) => [row, place(row, index)]));
  return rows.toSorted((a, b) => ((places.get(a) ?? 0) < (places.get(b) ?? 0) ? -1 : 1));
}
