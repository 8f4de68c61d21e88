// What tests use of data.mjs.
import type { Column, Task } from '../../src/models/learn/index.js';

export interface Made {
  readonly columns: Column[];
  readonly label: Float64Array;
  readonly task: Task;
  readonly weight?: Float64Array;
}

export type Kind = 'regression' | 'binary' | 'multiclass' | 'missing' | 'categorical' | 'weights';
export const kinds: Readonly<Record<Kind, (rows: number, seed: number) => Made>>;
export function write(folder: string, made: Made): void;
