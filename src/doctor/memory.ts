// Whether the memory that the engine may use is there.
import { totalmem } from 'node:os';
import type { App } from '../app.js';
import type { Verdict } from './finding.js';
import { sizeText } from './size.js';

/** All in bytes: what the engine may use, what is free now, and what the machine or container has. */
export function memoryVerdict(allowed: number, available: number, whole: number): Verdict {
  const detail = `CARELAKE_MEMORY is ${sizeText(allowed)}; ${sizeText(available)} of ${sizeText(whole)} are free`;
  if (allowed <= available) return { state: 'ok', detail };
  const advice = 'the system may end a large run. Lower CARELAKE_MEMORY, or end other programs';
  return { state: 'warning', detail: `${detail}: ${advice}.` };
}

export async function memory({ config }: App): Promise<Verdict> {
  const container = process.constrainedMemory();
  // A container without a limit reports 0, or a number beyond the machine's memory.
  const whole = container > 0 ? Math.min(container, totalmem()) : totalmem();
  return memoryVerdict(config.memory, process.availableMemory(), whole);
}
