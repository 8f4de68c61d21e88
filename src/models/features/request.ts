// What a request says in its own words, as values of a model's features.
import type { Feature } from '../../catalog/features/feature.js';
import { features as catalogFeatures } from '../../catalog/features.js';
import { patients } from '../../catalog/tables/patients.js';
import { visits } from '../../catalog/tables/visits.js';
import { CarelakeError, type Fault } from '../../errors.js';
import { type DerivedField, derive, derivedFieldNamed, plain } from './derived-fields.js';
import { type Reading, readValue } from './request-value.js';
import { catalogFeature, type FeatureSchema, type SchemaFeature } from './schema.js';

export interface Warning {
  readonly field: string;
  readonly message: string;
  readonly value?: unknown;
}

export interface ReadRequest {
  /** By feature; one that is not named is missing. */
  readonly values: Readonly<Record<string, number | string | null>>;
  readonly warnings: readonly Warning[];
}

interface Known {
  readonly feature: Feature;
  readonly schema: SchemaFeature;
}

/** Made once for a model, used for every request. */
export class RequestReader {
  readonly #model: string;
  /** By the plain form of names and synonyms. A name counts more than another's synonym. */
  readonly #known = new Map<string, Known>();

  constructor({ model, features }: FeatureSchema) {
    this.#model = model;
    const known = features.flatMap((schema) => {
      const feature = catalogFeature(schema.name);
      return feature ? [{ feature, schema }] : [];
    });
    for (const one of known) this.#known.set(plain(one.feature.name), one);
    for (const one of known) {
      for (const name of one.feature.synonyms.map(plain)) if (!this.#known.has(name)) this.#known.set(name, one);
    }
  }

  /**
   * Fields are understood by the name of a feature or a synonym of it. A diagnosis may stand as `diagnosis_code` or
   * `diagnosis_description`, a blood pressure as "120/80", chronic conditions as a list; and fields may be parted into
   * `patient_data` and `visit_data`.
   * @throws FEATURE_INVALID with every value that is impossible, FEATURE_EMPTY where nothing is given that the model knows.
   */
  read(body: unknown): ReadRequest {
    const reading = new OneReading();
    const given = new Map<DerivedField, { field: string; raw: unknown }>();
    const synonyms: [string, unknown, Known][] = [];
    for (const [field, raw] of fieldsOf(body)) {
      const known = this.#known.get(plain(field));
      const derived = derivedFieldNamed.get(plain(field));
      if (known && plain(known.feature.name) === plain(field)) reading.take(known, field, raw);
      else if (known) synonyms.push([field, raw, known]);
      else if (derived) given.set(derived, { field, raw });
      else reading.warnings.push({ field, message: this.#unused(field), value: raw });
    }
    for (const [field, raw, known] of synonyms) reading.take(known, field, raw);
    for (const { feature, field, value, problem, fault } of derive(given)) {
      const known = this.#known.get(plain(feature));
      if (!known) continue;
      const raw = [...given.values()].find((one) => one.field === field)?.raw;
      if (fault !== undefined) reading.note(known, field, raw, { fault });
      else if (problem !== undefined) reading.note(known, field, raw, { problem });
      else reading.take(known, field, value);
    }
    return reading.done(this.#model);
  }

  #unused(field: string): string {
    return catalogNames.has(plain(field)) ? 'The model does not use it.' : 'No such field is known.';
  }
}

/** Every name that the catalog knows for anything of a patient or a visit. */
const catalogNames: ReadonlySet<string> = new Set(
  [...catalogFeatures, ...patients.fields, ...visits.fields].flatMap(({ name, synonyms }) =>
    [name, ...synonyms].map(plain),
  ),
);

class OneReading {
  readonly warnings: Warning[] = [];
  readonly #faults: Fault[] = [];
  readonly #values: Record<string, number | string | null> = {};
  readonly #from = new Map<string, string>();

  take(known: Known, field: string, raw: unknown): void {
    this.note(known, field, raw, readValue(known.feature, raw, known.schema.dictionary));
  }

  note({ schema: { name, seen } }: Known, field: string, raw: unknown, reading: Reading): void {
    const earlier = this.#from.get(name);
    if ('fault' in reading) this.#faults.push({ field, message: reading.fault, value: shownValue(raw) });
    else if ('problem' in reading) this.warnings.push({ field, message: reading.problem, value: raw });
    else if (reading.value === null) this.#values[name] ??= null;
    else if (earlier !== undefined) {
      const message = `The field ${earlier} says it too, and counts.`;
      if (reading.value !== this.#values[name]) this.warnings.push({ field, message, value: raw });
    } else {
      this.#values[name] = reading.value;
      this.#from.set(name, field);
      if (typeof reading.value === 'number' && seen && (reading.value < seen[0] || reading.value > seen[1])) {
        const message = `The model was trained on values from ${seen[0]} to ${seen[1]}.`;
        this.warnings.push({ field, message, value: raw });
      }
    }
  }

  done(model: string): ReadRequest {
    if (this.#faults.length > 0) {
      const named = this.#faults.map(({ field }) => field).join(', ');
      throw new CarelakeError('FEATURE_INVALID', `What cannot be: ${named}.`, { faults: this.#faults });
    }
    if (this.#from.size === 0) {
      throw new CarelakeError('FEATURE_EMPTY', `Nothing is given that the ${model} model knows.`);
    }
    return { values: this.#values, warnings: this.warnings };
  }
}

/** What is neither a text nor a number is not written out: it may be anything. */
const shownValue = (raw: unknown): string => (typeof raw === 'object' ? 'no text or number' : String(raw));

/**
 * @param parted Whether fields may be parted into `patient_data` and `visit_data`: only the body's own may.
 * @throws FEATURE_INVALID where the body is no object.
 */
function fieldsOf(body: unknown, parted = true): [string, unknown][] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new CarelakeError('FEATURE_INVALID', 'The body must be an object of fields.');
  }
  return Object.entries(body).flatMap(([field, value]): [string, unknown][] =>
    parted && (field === 'patient_data' || field === 'visit_data') && value !== null
      ? fieldsOf(value, false)
      : [[field, value]],
  );
}
