// The rules of docs/decisions/0004-readmission.md told one visit after the other, to hold the SQL against.
import type { Visit } from './histories.js';

export interface Stay {
  readonly stay_id: string;
  readonly last_visit_id: string;
  readonly visits: number;
  readonly discharged_on: string | null;
  readonly exclusion_reason: string | null;
  readonly next_stay_id: string | null;
  readonly days_to_next_stay: number | null;
  readonly next_stay_planned: boolean | null;
  readonly readmitted_within_30_days: boolean | null;
}

interface Ended {
  readonly visit: Visit;
  /** Days since 1970; undefined where nothing tells. */
  readonly end: number | undefined;
}

const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

function endOf({ in: from, out, days }: Visit): number | undefined {
  if (out !== undefined) return out < from ? undefined : dayNumber(out);
  return days === undefined ? undefined : dayNumber(from) + Math.floor(days);
}

/** All stays of one patient, in order. `dataEnd` is the last day of the source, YYYY-MM-DD. */
export function staysOf(history: readonly Visit[], dataEnd: string): Stay[] {
  const inpatient = history
    .filter(({ type = 'inpatient' }) => type === 'inpatient')
    .map((visit): Ended => ({ visit, end: endOf(visit) }))
    .sort(
      (a, b) => compare(a.visit.in, b.visit.in) || (a.end ?? 1e9) - (b.end ?? 1e9) || compare(a.visit.id, b.visit.id),
    );
  const episodes: Ended[][] = [];
  let closing: Ended | undefined;
  for (const next of inpatient) {
    const current = episodes.at(-1);
    if (current && closing && goesOn(closing, next.visit)) current.push(next);
    else episodes.push([next]);
    if (next.end !== undefined) closing = laterOf(closing, next);
  }
  return episodes.map((episode, n) => judged(episode, episodes[n + 1], dayNumber(dataEnd)));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The one that ends later; of two that end on one day, the one that began later. */
function laterOf(a: Ended | undefined, b: Ended): Ended {
  if (!a) return b;
  const days = (b.end ?? 0) - (a.end ?? 0);
  if (days !== 0) return days > 0 ? b : a;
  return (compare(a.visit.in, b.visit.in) || compare(a.visit.id, b.visit.id)) < 0 ? b : a;
}

function goesOn({ visit: before, end = 0 }: Ended, next: Visit): boolean {
  const begins = dayNumber(next.in);
  if (begins < end) return true;
  if (before.to === 'transfer' && begins - end <= 1) return true;
  return begins === end && sameOrDefault(before.at, next.at, 'North') && sameOrDefault(before.dx, next.dx, 'I50.9');
}

const sameOrDefault = (a: string | undefined, b: string | undefined, usual: string): boolean =>
  (a ?? usual) === (b ?? usual);

const isPlanned = ({ as }: Visit): boolean => as === 'elective' || as === 'newborn';

function judged(episode: readonly Ended[], following: readonly Ended[] | undefined, dataEnd: number): Stay {
  const [opening] = episode as [Ended];
  const open = episode.filter(({ end }) => end === undefined);
  // An end that nobody knows lies behind all that are known.
  const last = open.at(-1) ?? episode.reduce((latest, one) => laterOf(latest, one));
  const end = open.length > 0 ? undefined : last.end;
  const next = following?.[0]?.visit;
  const days = next === undefined || end === undefined ? null : dayNumber(next.in) - end;
  const reason = whyNoIndex(episode, last.visit, end, dataEnd);
  return {
    stay_id: opening.visit.id,
    last_visit_id: last.visit.id,
    visits: episode.length,
    discharged_on: end === undefined ? null : dateOf(end),
    exclusion_reason: reason,
    next_stay_id: next?.id ?? null,
    days_to_next_stay: days,
    next_stay_planned: next ? isPlanned(next) : null,
    readmitted_within_30_days: reason === null ? next !== undefined && !isPlanned(next) && (days ?? 31) <= 30 : null,
  };
}

function whyNoIndex(episode: readonly Ended[], last: Visit, end: number | undefined, dataEnd: number): string | null {
  if (episode.some(({ visit }) => visit.to === 'died')) return 'died';
  if (last.to === 'left against advice') return 'left against advice';
  if (last.to === 'transfer') return 'transferred out';
  if (end === undefined && episode.some(({ visit }) => visit.out !== undefined && visit.out < visit.in)) {
    return 'discharge before admission';
  }
  if (end === undefined) return 'no discharge date';
  return dataEnd - end < 30 ? 'follow-up too short' : null;
}
