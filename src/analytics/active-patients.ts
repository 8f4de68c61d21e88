// How many patients are being treated: those with a visit in the days before the day of the run.
import { rowsOf } from '../engine/engine.js';
import type { CountingPlace } from './metrics/count.js';

/** In days; a visit on the day of the run counts too. */
const window = 30;

/** @param asOf The day of the run, YYYY-MM-DD. Returns null where no visit has a date, so that nobody can say. */
export async function activePatients(
  { engine, published, signal }: CountingPlace,
  asOf: string,
): Promise<number | null> {
  const day = `cast(${engine.dialect.parameter('day')} as date)`;
  const sql = `select count(visit_date) as dated, count(distinct case
  when visit_date between ${day} - interval '${window}' day and ${day} then source || '/' || patient_id
end) as patients from visits`;
  const job = { name: 'active patients', sql, inputs: { visits: published.visits?.paths ?? [] } };
  const [found] = await rowsOf<{ dated: number; patients: number }>(engine, {
    ...job,
    parameters: { day: asOf },
    ...(signal && { signal }),
  });
  return found && found.dated > 0 ? found.patients : null;
}
