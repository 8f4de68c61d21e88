// What the server answers, as docs/api.md has it. Types only: they are those of the program itself.
import type { MetricAnswer } from '../../src/analytics/metrics/metrics.ts';
import type { Behaviour, Metric } from '../../src/catalog/metrics/metric.ts';
import type { Status } from '../../src/pipeline/publish/status.ts';
import type { FailingRow } from '../../src/pipeline/quality/failing.ts';
import type { RunQuality, TrendPoint } from '../../src/pipeline/quality/read.ts';
import type { CheckResult } from '../../src/pipeline/quality/score.ts';
import type { RejectRow } from '../../src/pipeline/rejects.ts';

/** The run that an answer comes from. */
export interface AsOf {
  readonly run: string;
  readonly date: string;
  readonly finished_at: string;
  readonly pending_entries: number;
}

export interface StatusAnswer extends Status {
  readonly batches: { readonly landed: number; readonly waiting: number };
}

export interface MetricsAnswer extends MetricAnswer {
  readonly as_of: AsOf;
}

export interface Check extends CheckResult {
  readonly explanation: string;
}

export interface QualityAnswer extends Omit<RunQuality, 'as_of' | 'finished_at' | 'checks'> {
  readonly as_of: AsOf;
  readonly checks: readonly Check[];
  readonly trend: readonly TrendPoint[];
}

interface Page {
  readonly count: number;
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

export interface RejectsAnswer extends Page {
  readonly rejects: readonly RejectRow[];
}

export interface FailingAnswer extends Page {
  readonly rows: readonly FailingRow[];
}

export interface RunRow {
  readonly id: string;
  readonly parent: string | null;
  readonly published: boolean;
  readonly as_of: string;
  readonly finished_at: string;
  readonly ms: number;
  readonly engine: string;
  readonly grade: string | null;
  readonly tables: Readonly<Record<string, { readonly rows: number }>>;
}

export interface RunsAnswer extends Page {
  readonly runs: readonly RunRow[];
}

export interface CatalogAnswer {
  readonly version: string;
  readonly tables: readonly { readonly name: string; readonly grain: string; readonly description: string }[];
  readonly metrics: readonly (Pick<Metric, 'name' | 'label' | 'format' | 'definition'> &
    Behaviour & { readonly unit: string | null })[];
  readonly dimensions: readonly {
    readonly name: string;
    readonly label: string;
    readonly description: string;
    readonly values: readonly string[] | null;
  }[];
  readonly reasons: Readonly<Record<string, string>>;
}
