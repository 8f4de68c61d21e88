import { openMemoryLake } from '../../src/lake/memory.js';
import { lakeContract } from '../contracts/lake.js';

lakeContract('memory', async () => ({ lake: openMemoryLake(), dispose: async () => {} }));
