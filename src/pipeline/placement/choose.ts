// Which placement fits a lake and an engine.
import type { Engine } from '../../engine/engine.js';
import type { Lake } from '../../lake/lake.js';
import type { Placement } from '../placement.js';
import { inLake } from './in-lake.js';
import { onThisMachine } from './on-this-machine.js';

export function placementOf(lake: Lake, engine: Engine): Placement {
  return lake.direct && engine.capabilities.reads.includes('s3') ? inLake(lake, lake.direct) : onThisMachine(lake);
}
