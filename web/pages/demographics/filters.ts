// The filters of a dashboard stand in its address, so that a view can be sent to somebody and the way back works.
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Value } from '../../../src/analytics/metrics/query.ts';

export const filterable = ['gender', 'location', 'age_group', 'bmi_category'] as const;
export type Filterable = (typeof filterable)[number];

export type Filters = Readonly<Record<Filterable, readonly Value[]>>;

export interface FilterState {
  readonly filters: Filters;
  set(dimension: Filterable, values: readonly Value[]): void;
  toggle(dimension: Filterable, value: Value): void;
  clear(): void;
}

/** In an address, an empty text is the missing value: no value of the data is empty. */
export const asText = (value: Value): string => value ?? '';
export const asValue = (text: string): Value => (text === '' ? null : text);

export function useFilters(): FilterState {
  const [parameters, setParameters] = useSearchParams();
  return useMemo(() => {
    const filters = Object.fromEntries(
      filterable.map((dimension) => [dimension, [...new Set(parameters.getAll(dimension))].map(asValue)]),
    ) as unknown as Filters;
    const set = (dimension: Filterable, values: readonly Value[]) => {
      const next = new URLSearchParams(parameters);
      next.delete(dimension);
      for (const value of values) next.append(dimension, asText(value));
      setParameters(next, { preventScrollReset: true });
    };
    return {
      filters,
      set,
      toggle(dimension, value) {
        const now = filters[dimension];
        set(dimension, now.includes(value) ? now.filter((other) => other !== value) : [...now, value]);
      },
      clear: () => setParameters(new URLSearchParams(), { preventScrollReset: true }),
    };
  }, [parameters, setParameters]);
}

/** As the `where` of a metric query. A chart is not filtered by its own dimension: it shows what else there is to choose. */
export function whereOf(filters: Filters, except?: Filterable): Readonly<Record<string, readonly Value[]>> {
  return Object.fromEntries(
    filterable
      .filter((dimension) => dimension !== except && filters[dimension].length > 0)
      .map((dimension) => [dimension, filters[dimension]]),
  );
}
