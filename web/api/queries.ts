// The questions of the pages to the server, each a hook.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { MetricQuery } from '../../src/analytics/metrics/query.ts';
import type {
  CatalogAnswer,
  FailingAnswer,
  MetricsAnswer,
  QualityAnswer,
  RejectsAnswer,
  RunsAnswer,
  StatusAnswer,
} from './answers.ts';
import { ask } from './request.ts';

export const statusPath = '/api/status';

/** How often the page looks whether another run was published, of which nobody may have told it, in milliseconds. */
const lookAgain = 15_000;

export const asked = <Answer>(path: string) => ({
  queryKey: [path],
  queryFn: ({ signal }: { signal: AbortSignal }) => ask<Answer>(path, { signal }),
});

/** The state of the workspace; looked at again and again. Its key is its own, so that it is never asked for by the rest. */
export const useStatus = (enabled = true) =>
  useQuery({ ...asked<StatusAnswer>(statusPath), refetchInterval: lookAgain, enabled });

export const useCatalog = () => useQuery(asked<CatalogAnswer>('/api/catalog'));

export const useMetrics = (query: MetricQuery) =>
  useQuery({
    queryKey: ['/api/analytics/query', query],
    queryFn: ({ signal }) => ask<MetricsAnswer>('/api/analytics/query', { signal, body: query }),
    placeholderData: keepPreviousData,
  });

export const useQuality = (run: string | null) =>
  useQuery(asked<QualityAnswer>(run === null ? '/api/quality' : `/api/quality?run=${encodeURIComponent(run)}`));

export const useRuns = (page: number) =>
  useQuery({ ...asked<RunsAnswer>(`/api/runs?page=${page}&limit=20`), placeholderData: keepPreviousData });

export const useFailing = (check: string, run: string | null, page: number) => {
  const parameters = new URLSearchParams({ page: String(page), limit: '10', ...(run !== null && { run }) });
  return useQuery({
    ...asked<FailingAnswer>(`/api/quality/${encodeURIComponent(check)}?${parameters}`),
    placeholderData: keepPreviousData,
  });
};

export interface RejectFilter {
  readonly kind: 'rejected' | 'missing';
  readonly file: string | null;
  readonly code: string | null;
  readonly page: number;
}

export const useRejects = ({ kind, file, code, page }: RejectFilter) => {
  const parameters = new URLSearchParams({
    page: String(page),
    limit: '20',
    ...(kind === 'missing' && { kind }),
    ...(file !== null && { file }),
    ...(code !== null && { code }),
  });
  return useQuery({ ...asked<RejectsAnswer>(`/api/rejects?${parameters}`), placeholderData: keepPreviousData });
};
