// What a model's numbers mean: its features in order, with the dictionaries of its categories. It stands on the model's card.
import { createHash } from 'node:crypto';
import { charlson } from '../../catalog/codes/charlson.js';
import { diseaseKeywords } from '../../catalog/codes/disease-keywords.js';
import { icd9Chapters } from '../../catalog/codes/icd9-chapters.js';
import { icd10Chapters } from '../../catalog/codes/icd10-chapters.js';
import { laceComorbidity } from '../../catalog/codes/lace-comorbidity.js';
import type { Feature } from '../../catalog/features/feature.js';
import { features as catalogFeatures } from '../../catalog/features.js';
import type { Label, ModelName, ModelPlan } from '../plan.js';

export interface SchemaFeature {
  readonly name: string;
  readonly type: 'number' | 'category';
  readonly unit: string | null;
  readonly definition: string;
  /** Of a category: code 0 is the first value. */
  readonly dictionary?: readonly string[];
  /** Of a number: the least and the greatest that the model was trained on; null where it never saw one. */
  readonly seen?: readonly [number, number] | null;
}

export interface FeatureSchema {
  readonly format: 1;
  readonly model: ModelName;
  readonly source: string;
  readonly task: ModelPlan['task'];
  readonly classes: readonly string[];
  readonly label: Label;
  readonly moment: string;
  readonly features: readonly SchemaFeature[];
  /** SHA-256 over label, names, types, units, definitions and dictionaries, in order. */
  readonly hash: string;
  /** SHA-256 over what the catalog says of these features, and over the code lists that they are read by. */
  readonly catalogHash: string;
}

export function schemaOf(plan: ModelPlan, features: readonly SchemaFeature[]): FeatureSchema {
  const { model, source, task, classes, label, moment } = plan;
  const hashed = features.map(({ name, type, unit, definition, dictionary }) => [
    name,
    type,
    unit,
    definition,
    dictionary,
  ]);
  return {
    format: 1,
    model,
    source,
    task,
    classes,
    label,
    moment,
    features,
    hash: sha256([model, source, task, classes, label, moment, hashed]),
    catalogHash: catalogHashOf(features.map(({ name }) => name)),
  };
}

/** What these features are made of today: where a model's own hash differs, its features no longer mean what they meant. */
export function catalogHashOf(names: readonly string[]): string {
  const lists = [charlson, laceComorbidity, diseaseKeywords, icd9Chapters, icd10Chapters];
  return sha256([names.map(catalogFeature), lists]);
}

/** The catalog's feature of that name; undefined where this version has none. */
export const catalogFeature = (name: string): Feature | undefined => catalogFeatures.find((one) => one.name === name);

const sha256 = (content: unknown): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');
