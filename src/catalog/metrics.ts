// The metrics and dimensions, in the order in which people meet them.
import type { Dimension } from './metrics/dimension.js';
import { dimensionList } from './metrics/dimensions.js';
import type { FactTable } from './metrics/facts.js';
import type { Metric } from './metrics/metric.js';
import { patientMetrics } from './metrics/patients.js';
import { prescriptionMetrics } from './metrics/prescriptions.js';
import { stayMetrics } from './metrics/stays.js';
import { visitMetrics } from './metrics/visits.js';

export const dimensions = dimensionList;

export const metrics: readonly Metric[] = [...patientMetrics, ...visitMetrics, ...stayMetrics, ...prescriptionMetrics];

/**
 * Whether a metric can be grouped and filtered by a dimension: a row of its table has at most one value of it. Of a ratio,
 * the rows above the line take what the row that they belong to has.
 */
export const reaches = ({ table }: { readonly table: FactTable }, { places }: Dimension): boolean =>
  places[table] !== undefined;

export const dimensionsOf = (metric: Metric): readonly Dimension[] =>
  dimensions.filter((dimension) => reaches(metric, dimension));
