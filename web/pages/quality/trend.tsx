// The score over the runs that are kept.
import { Skeleton, Text, Title } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { useNavigate } from 'react-router';
import type { TrendPoint } from '../../../src/pipeline/quality/read.ts';
import type { EChartsCoreOption } from '../../charts/echarts.ts';
import { type Palette, usePalette } from '../../charts/palette.ts';
import { dateText, runNumber } from '../../format.ts';

const Plot = lazy(() => import('../../charts/plot.tsx'));
const height = 190;
/** More points than these tell no more; the list of runs has all. */
const mostPoints = 30;

export function Trend({ trend }: { readonly trend: readonly TrendPoint[] }) {
  const palette = usePalette();
  const navigate = useNavigate();
  const shown = useMemo(() => trend.slice(-mostPoints), [trend]);
  const option = useMemo(() => trendOption(shown, palette), [shown, palette]);
  return (
    <section className="card chart" aria-label="Score of the runs">
      <Title order={2}>Score by run</Title>
      {shown.length < 2 ? (
        <Text c="dimmed" size="sm" mt="sm">
          One run has been checked; the next begins the trend.
        </Text>
      ) : (
        <Suspense fallback={<Skeleton height={height} />}>
          <Plot
            option={option}
            height={height}
            label={`Score by run: ${shown.map(({ run, score, grade }) => `${runNumber(run)} ${score.toFixed(1)}, ${grade}`).join('; ')}`}
            onPick={(index) => void navigate(`/quality?run=${shown[index]?.run}`)}
          />
        </Suspense>
      )}
    </section>
  );
}

function trendOption(points: readonly TrendPoint[], palette: Palette): EChartsCoreOption {
  const text = { color: palette.quiet, fontFamily: 'inherit', fontSize: 12 };
  return {
    animation: false,
    grid: { left: 28, right: 24, top: 28, bottom: 32, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      name: 'Run',
      nameLocation: 'middle',
      nameGap: 30,
      nameTextStyle: text,
      data: points.map(({ run }) => runNumber(run)),
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      axisLabel: text,
    },
    yAxis: {
      type: 'value',
      name: 'Score (of 100)',
      nameLocation: 'middle',
      nameGap: 38,
      nameTextStyle: text,
      min: 0,
      max: 100,
      interval: 25,
      axisLabel: text,
      splitLine: { lineStyle: { color: palette.line } },
    },
    tooltip: {
      trigger: 'item',
      renderMode: 'richText',
      backgroundColor: palette.ground,
      borderColor: palette.line,
      textStyle: { color: palette.ink, fontSize: 13 },
      formatter: ({ dataIndex }: { dataIndex: number }) => tip(points[dataIndex]),
    },
    series: [
      {
        type: 'line',
        data: points.map(({ score }) => score),
        symbol: 'circle',
        symbolSize: 8,
        lineStyle: { color: palette.accent, width: 2 },
        itemStyle: { color: palette.accent },
        label: {
          show: points.length <= 12,
          position: 'top',
          color: palette.ink,
          fontSize: 12,
          formatter: ({ dataIndex }: { dataIndex: number }) => points[dataIndex]?.grade ?? '',
        },
      },
    ],
  };
}

const tip = (point: TrendPoint | undefined): string =>
  point
    ? `Run ${runNumber(point.run)}, as of ${dateText(point.as_of)}\nGrade ${point.grade}, score ${point.score.toFixed(1)}\n${point.failed} checks failed${point.published ? '' : '\nnot published'}`
    : '';
