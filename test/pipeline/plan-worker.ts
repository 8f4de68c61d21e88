// The hash of every step of the plan over the fixed batches, for a process of its own.
import { stepHash } from '../../src/engine/step.js';
import { planRun, stepsOf } from '../../src/pipeline/plan.js';
import { inOrder } from '../../src/pipeline/runner.js';
import { fixedBatches } from './fixed-batches.js';

const steps = inOrder(stepsOf(planRun(fixedBatches)));
process.stdout.write(JSON.stringify(Object.fromEntries(steps.map((step) => [step.name, stepHash(step)]))));
