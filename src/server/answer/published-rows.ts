// The published run of a request, as a question about one of its patients reads it.
import { type ModelTable, modelTables } from '../../models/features/facts.js';
import type { PublishedRows } from '../../models/predict/predictor.js';
import type { Answer } from './answer.js';
import type { Publication } from './publication.js';

export function publishedRows({ engine }: Answer, { manifest, tables }: Publication): PublishedRows {
  const paths = Object.fromEntries(modelTables.map((table) => [table, tables[table]?.paths ?? []]));
  return { engine, asOf: manifest.as_of, paths: paths as Record<ModelTable, readonly string[]> };
}
