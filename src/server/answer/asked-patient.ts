// The patient of the published run whom a question names instead of fields.
import { CarelakeError } from '../../errors.js';

/** Undefined where fields are given. @throws REQUEST_INVALID where more stands beside `patient_id`. */
export function askedPatient(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const { patient_id: patient, ...others } = body as Record<string, unknown>;
  if (patient === undefined) return undefined;
  const faults = [
    ...(typeof patient === 'string' ? [] : [{ field: 'patient_id', message: 'It must be a text.' }]),
    ...Object.keys(others).map((field) => ({ field, message: 'A patient of the published run is asked about alone.' })),
  ];
  if (faults.length === 0) return patient as string;
  throw new CarelakeError('REQUEST_INVALID', faults.map(({ field, message }) => `${field}: ${message}`).join('\n'), {
    faults,
  });
}
