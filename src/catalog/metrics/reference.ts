// What there is to ask for, as one document for programs: every metric and dimension with all that the catalog says of it.
import { dimensions, dimensionsOf, metrics } from '../metrics.js';
import { behaviourOf } from './metric.js';

export function metricReference() {
  return {
    metrics: metrics.map((metric) => {
      const { name, label, unit = null, format, definition, table } = metric;
      const { missing, empty, additive, why = null } = behaviourOf(metric);
      const by = dimensionsOf(metric).map((dimension) => dimension.name);
      return { name, label, unit, format, definition, table, missing, empty, additive, why, dimensions: by };
    }),
    dimensions: dimensions.map(({ name, label, description, values = null, period = null }) => {
      return { name, label, description, values, period };
    }),
  };
}
