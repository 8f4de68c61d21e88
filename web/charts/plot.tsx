// Draws one ECharts option in the page. What it shows stands in a table beside it, for those who cannot see it.
import { useEffect, useRef } from 'react';
import { type EChartsCoreOption, type EChartsType, init } from './echarts.ts';

interface Props {
  readonly option: EChartsCoreOption;
  /** In pixels. */
  readonly height: number;
  /** What is drawn, in words. */
  readonly label: string;
  readonly onPick?: (index: number) => void;
}

export default function Plot({ option, height, label, onPick }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);

  useEffect(() => {
    if (!place.current) return;
    const drawn = init(place.current);
    const watch = new ResizeObserver(() => drawn.resize());
    watch.observe(place.current);
    chart.current = drawn;
    return () => {
      watch.disconnect();
      drawn.dispose();
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
    // A bar that was added or taken away changes the height.
    chart.current?.resize({ height });
  }, [option, height]);

  useEffect(() => {
    const drawn = chart.current;
    if (!drawn || !onPick) return;
    const pick = ({ dataIndex }: { readonly dataIndex?: number }): void => {
      if (dataIndex !== undefined) onPick(dataIndex);
    };
    drawn.on('click', pick);
    return () => {
      if (!drawn.isDisposed()) drawn.off('click', pick);
    };
  }, [onPick]);

  return <div ref={place} className="plot" role="img" aria-label={label} style={{ height }} />;
}
