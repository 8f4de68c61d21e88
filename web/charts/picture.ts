// A chart as a PNG that can stand alone: with its title and what it was made from, on a ground of its own.
import { type EChartsCoreOption, init } from './echarts.ts';
import type { Palette } from './palette.ts';

interface Picture {
  readonly option: EChartsCoreOption;
  readonly title: string;
  /** What the numbers are of: run, date, filters. */
  readonly subtitle: string;
  /** Of the chart, in pixels. */
  readonly height: number;
  readonly palette: Palette;
}

const width = 800;
const head = 64;

export async function pictureOf({ option, title, subtitle, height, palette }: Picture): Promise<Blob> {
  const chart = init(document.createElement('div'), null, { width, height: height + head, devicePixelRatio: 2 });
  const grid = option.grid as { readonly top: number; readonly bottom: number };
  chart.setOption({
    ...option,
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { ...grid, left: 16, right: 72, top: grid.top + head, bottom: grid.bottom + 8 },
    title: {
      text: title,
      subtext: subtitle,
      left: 16,
      top: 14,
      textStyle: { color: palette.ink, fontSize: 16, fontWeight: 600 },
      subtextStyle: { color: palette.quiet, fontSize: 12 },
    },
  });
  const address = chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: palette.ground });
  chart.dispose();
  const bytes = Uint8Array.from(atob(address.slice(address.indexOf(',') + 1)), (sign) => sign.charCodeAt(0));
  return new Blob([bytes], { type: 'image/png' });
}
