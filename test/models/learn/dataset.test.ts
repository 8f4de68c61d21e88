import { expect, test } from 'vitest';
import { boost, type Column, dataset, decode, forest, logistic } from '../../../src/models/learn/index.js';
import { madeUp } from './data.js';

const coded = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });
const x: Column = { name: 'x', kind: 'number', values: Float64Array.of(1, 2, 3) };
const good = { columns: [x], label: Float64Array.of(0, 1, 1), task: 'binary' as const };

test.each([
  ['no row', { columns: [], label: new Float64Array(0) }, 'LEARN_DATA', /no row/],
  ['a short column', { columns: [{ ...x, values: Float64Array.of(1) }] }, 'LEARN_DATA', /x has 1 values where 3/],
  ['a column twice', { columns: [x, x] }, 'LEARN_DATA', /x is there twice/],
  [
    'categories that are no codes',
    { columns: [{ ...x, kind: 'category' as const }] },
    'LEARN_DATA',
    /x are no Int32Array/,
  ],
  ['a label that is none', { label: Float64Array.of(0, Number.NaN, 1) }, 'LEARN_DATA', /row 1 is NaN/],
  ['a class too many', { label: Float64Array.of(0, 1, 2) }, 'LEARN_DATA', /row 2 is 2: 0 to 1/],
  [
    'no finite value',
    { task: 'regression' as const, label: Float64Array.of(0, Infinity, 1) },
    'LEARN_DATA',
    /row 1 is Infinity/,
  ],
  ['one class', { label: Float64Array.of(1, 1, 1) }, 'LEARN_ONE_CLASS', /All 3 rows have the class 1/],
  ['one class of any weight', { weight: Float64Array.of(0, 1, 1) }, 'LEARN_ONE_CLASS', /class 1/],
  ['a weight too few', { weight: Float64Array.of(1, 1) }, 'LEARN_DATA', /3 labels and 2 weights/],
  ['a weight below 0', { weight: Float64Array.of(1, -1, 1) }, 'LEARN_DATA', /weight of row 1 is -1/],
  ['no weight above 0', { weight: Float64Array.of(0, 0, 0) }, 'LEARN_DATA', /Every weight is 0/],
  [
    'columns that say nothing',
    { columns: [{ ...x, values: new Float64Array(3) }] },
    'LEARN_NO_COLUMN',
    /x \(constant\)/,
  ],
])('%s is refused', (_, wrong, code, message) => {
  expect(() => dataset({ ...good, ...wrong })).toThrow(coded(code, message));
});

test('a column that is empty or constant is named and skipped, and stays among the features', async () => {
  const base = madeUp(200, 'binary');
  const none: Column = { name: 'none', kind: 'number', values: new Float64Array(200).fill(Number.NaN) };
  const same: Column = { name: 'same', kind: 'category', values: new Int32Array(200).fill(4) };
  const data = dataset({ ...base, columns: [none, ...base.columns, same] });
  expect(data.skipped).toEqual([
    { name: 'none', reason: 'empty' },
    { name: 'same', reason: 'constant' },
  ]);
  const bare = await boost(base, { trees: 5 });
  for (const { model } of [await boost(data, { trees: 5 }), await forest(data, { trees: 5 }), await logistic(data)]) {
    expect(model.features).toHaveLength(6);
    const parts = model.contributions(data.columns);
    expect(Math.abs(parts[0]!) + Math.abs(parts[5]!)).toBe(0);
    if (model.kind === 'boosting') expect(model.margins(data.columns)).toEqual(bare.model.margins(base.columns));
  }
});

test('columns are found by name; one that is missing or of another kind is refused', async () => {
  const data = madeUp(200, 'binary');
  const { model } = await boost(data, { trees: 5 });
  expect(model.margins(data.columns.toReversed())).toEqual(model.margins(data.columns));
  expect(() => model.margins(data.columns.slice(1))).toThrow(coded('LEARN_COLUMNS', /needs the column a/));
  const [first, ...rest] = data.columns;
  const other: Column = { name: first!.name, kind: 'category', values: new Int32Array(200) };
  expect(() => model.margins([other, ...rest])).toThrow(
    coded('LEARN_COLUMNS', /a is a category; the model learnt a number/),
  );
});

test('an unseen category is treated as missing', async () => {
  const data = madeUp(400, 'binary');
  const { model } = await boost(data, { trees: 10, minDataPerGroup: 5 });
  const asked = (code: number) =>
    model.margins(
      data.columns.map((each) => (each.name === 'c' ? { ...each, values: new Int32Array(400).fill(code) } : each)),
    );
  expect(asked(77)).toEqual(asked(-1));
  expect(asked(1)).not.toEqual(asked(-1));
});

test('options out of their range are refused', async () => {
  const data = madeUp(60, 'regression');
  const wrong = (options: object) => expect(boost(data, options)).rejects;
  await wrong({ maxLeaves: 1 }).toThrow(coded('LEARN_OPTION', /maxLeaves is 1: a whole number from 2/));
  await wrong({ learningRate: Number.NaN }).toThrow(coded('LEARN_OPTION', /learningRate is NaN/));
  await wrong({ earlyStopping: 5 }).toThrow(coded('LEARN_OPTION', /validation/));
  await wrong({ monotone: { c: 1 } }).toThrow(coded('LEARN_OPTION', /c, which is no number/));
  await expect(forest(data, { trees: 0 })).rejects.toThrow(coded('LEARN_OPTION', /trees is 0/));
  await expect(logistic(data)).rejects.toThrow(coded('LEARN_TASK', /needs classes/));
});

test('bytes that are no model, are cut short or of a later version are refused', async () => {
  const { model } = await boost(madeUp(100, 'regression'), { trees: 2 });
  expect(() => model.probabilities(madeUp(9, 'regression').columns)).toThrow(coded('LEARN_TASK', /no probabilities/));
  const bytes = model.encode();
  expect(() => decode(new Uint8Array(9))).toThrow(coded('LEARN_FORMAT', /no model/));
  expect(() => decode(bytes.subarray(0, bytes.length - 8))).toThrow(coded('LEARN_FORMAT', /cut short/));
  const later = Buffer.from(Buffer.from(bytes).toString('latin1').replace('"version":1', '"version":2'), 'latin1');
  expect(() => decode(later)).toThrow(coded('LEARN_FORMAT', /format 2; this build reads 1/));
});
