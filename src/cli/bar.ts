// A bar of progress in one line: how much is done, and the rest.

/** `width` signs, as many of them full as the fraction, 0 to 1, has reached; all of them only where it is 1. */
export function bar(fraction: number, width: number): string {
  const full = Math.floor(Math.min(Math.max(fraction, 0), 1) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}

const barWidth = 20;
/** So that the bar after it stays within a terminal of 80 columns. */
const longestLabel = 50;

/** Such as `Landing visits.csv ████████████░░░░░░░░ 63 %`; of a long label its end. */
export function progressLine(label: string, fraction: number): string {
  const shown = label.length > longestLabel ? `…${label.slice(1 - longestLabel)}` : label;
  return `${shown} ${bar(fraction, barWidth)} ${Math.floor(100 * Math.min(Math.max(fraction, 0), 1))} %`;
}
