// The questions of the page of the audit log. Each look is itself a line of it.
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Line } from '../../src/records/audit/line.ts';
import { ask } from './request.ts';

export interface LineFilter {
  readonly by: string;
  readonly action: string;
  readonly outcome: string;
  readonly patient: string;
  /** Days, YYYY-MM-DD: from the first on, and to the end of the last. */
  readonly from: string;
  readonly to: string;
}

export const everyLine: LineFilter = { by: '', action: '', outcome: '', patient: '', from: '', to: '' };

interface LinesAnswer {
  readonly lines: readonly Line[];
  readonly searched: number;
  readonly next: string | null;
}

export interface Verified {
  readonly ok: boolean;
  readonly lines: number;
  readonly sealed_from: number | null;
  readonly head: { readonly sequence: number; readonly hash: string; readonly at: string | null };
  readonly fault_count: number;
  readonly faults: readonly { readonly line: number | null; readonly kind: string; readonly message: string }[];
}

/** As the server is asked: the days are those of whoever looks, wherever they are. */
export function parametersOf({ from, to, ...others }: LineFilter): URLSearchParams {
  const start = (day: string, later: number): string => {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
    return new Date(year, month - 1, date + later).toISOString();
  };
  const given = Object.entries(others)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== '');
  return new URLSearchParams({
    ...Object.fromEntries(given),
    ...(from !== '' && { from: start(from, 0) }),
    ...(to !== '' && { before: start(to, 1) }),
  });
}

export const useLines = (filter: LineFilter) =>
  useInfiniteQuery({
    queryKey: ['/api/audit', filter],
    queryFn: ({ signal, pageParam }) => {
      const parameters = parametersOf(filter);
      parameters.set('limit', '50');
      if (pageParam !== '') parameters.set('after', pageParam);
      return ask<LinesAnswer>(`/api/audit?${parameters}`, { signal });
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    gcTime: 0,
  });
