// Mappings that are saved under a name, so that the next file of the same kind is read in the same way.
import type { CollectionDefinition } from '../../records/documents.js';
import type { Mapping } from '../../sources/source.js';

export interface SavedMapping {
  readonly mapping: Mapping;
  readonly by: string;
  readonly at: string;
  readonly [field: string]: unknown;
}

export const mappingCollection: CollectionDefinition<SavedMapping> = { name: 'mappings', indexed: [] };
