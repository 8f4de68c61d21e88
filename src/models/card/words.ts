// Numbers of a card as people read them.
import type { Estimate } from '../evaluate/estimate.js';

/** To `digits` decimals, with a true minus sign, and none before a zero. */
export function decimal(value: number, digits = 3): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** A value with its interval below it; an en dash where there is none. */
export function withInterval(estimate: Estimate | null | undefined, digits = 3): string {
  if (!estimate) return '–';
  const { value, low, high } = estimate;
  if (low === null || high === null) return decimal(value, digits);
  return `${decimal(value, digits)}<br><span class="quiet">${decimal(low, digits)} to ${decimal(high, digits)}</span>`;
}
