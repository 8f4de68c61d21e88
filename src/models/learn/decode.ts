// Bytes back into a model.
import { CarelakeError } from '../../errors.js';
import { unpacked } from './format.js';
import { type LogisticParts, logisticModel } from './logistic-model.js';
import type { Model } from './model.js';
import { type TreeModelParts, treeModel } from './tree-model.js';
import type { Trees } from './trees.js';

/** @throws LEARN_FORMAT what is no model, is cut short, or was written by a later version. */
export function decode(bytes: Uint8Array): Model {
  const { head, arrays } = unpacked(bytes);
  if (head.kind === 'logistic') return logisticModel({ ...head, ...arrays } as unknown as LogisticParts);
  if (head.kind !== 'boosting' && head.kind !== 'forest') {
    throw new CarelakeError('LEARN_FORMAT', `This build knows no model of the kind ${head.kind}.`);
  }
  const { kind, task, classes, scale, width } = head as unknown as TreeModelParts & { width: number };
  const features = (head.features as { name: string; kind: 'number' | 'category'; codes?: number[] }[]).map(
    ({ codes = [], ...feature }) => ({ ...feature, codes: Int32Array.from(codes) }),
  );
  const { base, ...flat } = arrays as unknown as Trees & { base: Float64Array };
  return treeModel({ kind, task, classes, scale, features, base, trees: { ...flat, width } });
}
