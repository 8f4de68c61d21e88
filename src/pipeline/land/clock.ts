// The one clock: asked only while landing. Everything after goes by what it said then.
import type { Batch } from '../batch.js';

export type Clock = () => Date;

/**
 * When a batch lands. A clock that was set back would make yesterday's visits lie in the future, so a batch never lands
 * before the one ahead of it; a warning says so.
 */
export function landingTime(clock: Clock, batches: readonly Batch[]): { at: string; date: string; warnings: string[] } {
  const now = clock();
  const latest = batches.reduce((last, { landedAt }) => (landedAt > last ? landedAt : last), '');
  if (latest > now.toISOString()) {
    const date = batches.reduce((last, { landed }) => (landed > last ? landed : last), '');
    const warning = `The clock says ${now.toISOString()}, but the newest batch landed at ${latest}: taking that for today.`;
    return { at: latest, date, warnings: [warning] };
  }
  return { at: now.toISOString(), date: localDate(now), warnings: [] };
}

/** YYYY-MM-DD in the zone of this machine: hospital dates are local. */
export function localDate(time: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}
