// Which placement fits a lake and an engine.
import type { Engine } from '../../engine/engine.js';
import type { Lake } from '../../lake/lake.js';
import type { Placement } from '../placement.js';
import { inLake } from './in-lake.js';
import { onThisMachine } from './on-this-machine.js';

export function placementOf(lake: Lake, engine: Engine): Placement {
  return lake.direct && readsStore(engine) ? inLake(lake, lake.direct) : onThisMachine(lake);
}

/** Whether what is being made lies in the lake already, where a collection finds it that holds the run lock. */
export const makesInLake = (lake: Lake, engine: Engine): boolean => lake.direct !== undefined && readsStore(engine);

const readsStore = ({ capabilities }: Engine): boolean => capabilities.reads.includes('s3');
