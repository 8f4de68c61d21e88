// The language in which numbers are asked for: metrics, by dimensions, where conditions hold, sorted, limited.
import type { Dimension } from '../../catalog/metrics/dimension.js';
import type { Metric } from '../../catalog/metrics/metric.js';

/** A value of a dimension; null is "missing". Periods are written `2024-03`, `2024-Q1`, `2024`. */
export type Value = string | null;

/** All that is given must hold. */
export interface Filter {
  /** One of these. */
  readonly in?: readonly Value[];
  /** None of these; rows without a value stay unless null is among them. */
  readonly not?: readonly Value[];
  /** Periods from and to, both included. */
  readonly from?: string;
  readonly to?: string;
}

export interface MetricQuery {
  readonly metrics: readonly string[];
  readonly by?: readonly string[];
  /** By the name of the dimension; a value or a list of values is the same as `in`. */
  readonly where?: Readonly<Record<string, Value | readonly Value[] | Filter>>;
  /** Metrics and dimensions of the query, `-` before one for descending. What is missing comes last. */
  readonly sort?: readonly string[];
  readonly limit?: number;
  /** Beside each number that of the period of equal length before the one that `where` names. */
  readonly compare?: 'previous';
}

/** A value as it is compared: of a period its number. */
export type Key = string | number | null;

export interface Condition {
  readonly dimension: Dimension;
  readonly in?: readonly Key[];
  readonly not?: readonly Key[];
  readonly from?: number;
  readonly to?: number;
}

export interface Order {
  readonly name: string;
  readonly descending: boolean;
}

/** A query that was read and found right. */
export interface Request {
  readonly metrics: readonly Metric[];
  readonly by: readonly Dimension[];
  readonly where: readonly Condition[];
  readonly sort: readonly Order[];
  readonly limit: number;
  readonly compare: boolean;
}
