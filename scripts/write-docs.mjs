// Writes the documents that are generated from the code. Run after a build: npm run build && npm run docs
import { writeFile } from 'node:fs/promises';
import { checkReference } from '../dist/catalog/check-documentation.js';
import { dataDictionary } from '../dist/catalog/documentation.js';
import { errorReference } from '../dist/catalog/error-documentation.js';
import { featureDocumentation } from '../dist/catalog/feature-documentation.js';
import { metricDocumentation } from '../dist/catalog/metric-documentation.js';
import { errorTable } from '../dist/errors.js';

const docs = new URL('../docs/', import.meta.url);
await writeFile(new URL('data-dictionary.md', docs), dataDictionary());
await writeFile(new URL('metrics.md', docs), metricDocumentation());
await writeFile(new URL('features.md', docs), featureDocumentation());
await writeFile(new URL('checks.md', docs), checkReference());
await writeFile(new URL('errors.md', docs), errorReference(errorTable));
