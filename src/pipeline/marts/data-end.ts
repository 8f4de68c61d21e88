// Until when each source followed its patients. Grain: one row for every source that has visits with dates.
import type { Step } from '../../engine/step.js';

/** @param asOf The run's date, YYYY-MM-DD: the last visit or discharge that does not lie after it. */
export function dataEndStep(visits: Step, asOf: string): Step {
  return {
    kind: 'step',
    name: 'marts/data_end',
    version: 1,
    inputs: { visits: [visits] },
    sql: () => `select source, max(case when discharge_date > visit_date and discharge_date <= date '${asOf}' then discharge_date else visit_date end) as data_end
from visits where visit_date <= date '${asOf}' group by source`,
  };
}
