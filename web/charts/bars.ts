// Bars of one metric by one dimension, lying or standing, as an ECharts option.
import type { Metric } from '../../src/catalog/metrics/metric.ts';
import { countText, metricText, percentText } from '../format.ts';
import type { EChartsCoreOption } from './echarts.ts';
import type { Palette } from './palette.ts';

export interface Bar {
  readonly label: string;
  readonly value: number | null;
  /** Of the whole, 0 to 1. */
  readonly share: number | null;
  readonly missing: boolean;
  /** Whether it belongs to what was chosen; all do where nothing was. */
  readonly chosen: boolean;
}

export interface BarChart {
  readonly bars: readonly Bar[];
  readonly direction: 'lying' | 'standing';
  readonly metric: { readonly label: string; readonly format: Metric['format'] };
  /** What the bars stand for, with its unit. */
  readonly axis: string;
  /** What is counted, with its unit. */
  readonly valueAxis: string;
  /** Whether there is little room to the sides, as on a phone. */
  readonly narrow: boolean;
  readonly palette: Palette;
}

export function barOption({ bars, direction, metric, axis, valueAxis, narrow, palette }: BarChart): EChartsCoreOption {
  const lying = direction === 'lying';
  const text = { color: palette.quiet, fontFamily: 'inherit', fontSize: 12 };
  const categories = {
    type: 'category',
    name: axis,
    nameLocation: 'middle',
    nameGap: lying ? 0 : 32,
    nameTextStyle: text,
    data: bars.map(({ label }) => label),
    inverse: lying,
    axisLine: { lineStyle: { color: palette.line } },
    axisTick: { show: false },
    axisLabel: {
      ...text,
      color: palette.ink,
      interval: 0,
      ...(lying && { width: narrow ? 128 : 190, overflow: 'truncate' }),
    },
  };
  const values = {
    type: 'value',
    name: valueAxis,
    nameLocation: 'middle',
    nameGap: lying ? 28 : 44,
    nameTextStyle: text,
    splitNumber: narrow && lying ? 2 : 4,
    ...(metric.format === '#,##0' && { minInterval: 1 }),
    axisLabel: { ...text, hideOverlap: true, formatter: (value: number) => countText(value) },
    splitLine: { lineStyle: { color: palette.line } },
  };
  return {
    animationDuration: 250,
    animationDurationUpdate: 250,
    grid: {
      left: 8,
      right: lying ? 64 : 8,
      top: 12,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'all',
    },
    xAxis: lying ? values : categories,
    yAxis: lying ? { ...categories, name: '' } : values,
    tooltip: {
      trigger: 'item',
      backgroundColor: palette.ground,
      borderColor: palette.line,
      textStyle: { color: palette.ink, fontSize: 13 },
      renderMode: 'richText',
      formatter: ({ dataIndex }: { dataIndex: number }) => tip(bars[dataIndex], metric),
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: lying ? 26 : 56,
        barCategoryGap: '35%',
        data: bars.map((bar) => ({
          value: bar.value,
          itemStyle: { color: colourOf(bar, palette), borderRadius: lying ? [0, 3, 3, 0] : [3, 3, 0, 0] },
        })),
        label: {
          show: true,
          position: lying ? 'right' : 'top',
          color: palette.ink,
          fontSize: 12,
          formatter: ({ dataIndex }: { dataIndex: number }) => metricText(bars[dataIndex]?.value, metric.format),
        },
      },
    ],
  };
}

function colourOf({ chosen, missing }: Bar, palette: Palette): string {
  if (!chosen) return palette.faded;
  return missing ? palette.missing : palette.accent;
}

function tip(bar: Bar | undefined, { label, format }: BarChart['metric']): string {
  if (!bar) return '';
  const share = bar.share === null ? '' : ` (${percentText(bar.share)})`;
  return `${bar.label}\n${label}: ${metricText(bar.value, format)}${share}`;
}
