// What must hold for any data: few and small runs, since each starts threads; on busy cores threads wait long for one another.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boost, type Column, type Dataset, dataset, forest, type Model } from '../../../src/models/learn/index.js';

// What was found so far is said, instead of looking for a smaller one until the time is over.
const runs = { numRuns: 8, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true };
const number = fc.double({ min: -100, max: 100, noNaN: true, noDefaultInfinity: true });
/** Of one order of size. */
const spread = fc.noBias(fc.integer({ min: -1e6, max: 1e6 })).map((value) => value / 1e4);
const gappy = fc.oneof({ weight: 4, arbitrary: number }, { weight: 1, arbitrary: fc.constant(Number.NaN) });

/** A regression or two classes on two numbers with gaps and a category, weighted or not. */
const anyData = fc
  .record({
    task: fc.constantFrom('regression', 'binary'),
    rows: fc.array(
      fc.record({
        a: gappy,
        b: gappy,
        c: fc.integer({ min: -1, max: 5 }),
        y: number,
        w: fc.integer({ min: 1, max: 4 }),
      }),
      { minLength: 12, maxLength: 60 },
    ),
  })
  .map(({ task, rows }) => ({ task: task as 'regression' | 'binary', rows }));
type Drawn = typeof anyData extends fc.Arbitrary<infer T> ? T : never;
type Row = Drawn['rows'][number];

function made(task: Drawn['task'], rows: readonly Row[], weighted = false): Dataset | undefined {
  const columns: Column[] = [
    { name: 'a', kind: 'number', values: Float64Array.from(rows, ({ a }) => a) },
    { name: 'b', kind: 'number', values: Float64Array.from(rows, ({ b }) => b) },
    { name: 'c', kind: 'category', values: Int32Array.from(rows, ({ c }) => c) },
  ];
  const label = Float64Array.from(rows, ({ y }) => (task === 'binary' ? Number(y > 0) : y));
  const weight = weighted ? Float64Array.from(rows, ({ w }) => w) : undefined;
  try {
    return dataset({ columns, label, task, weight });
  } catch {
    return undefined;
  }
}

const small = { trees: 4, minDataInLeaf: 1, maxLeaves: 6, minDataPerGroup: 1, catSmooth: 1, learningRate: 0.3 };

function closeTo(ours: Float64Array, theirs: Float64Array, within: number): void {
  expect(ours).toHaveLength(theirs.length);
  ours.forEach((value, i) => {
    expect(Math.abs(value - theirs[i]!)).toBeLessThanOrEqual(within * (1 + Math.abs(value)));
  });
}

function addsUp(model: Model, columns: readonly Column[]): void {
  const width = model.features.length + 1;
  const parts = model.contributions(columns);
  const sums = Float64Array.from({ length: parts.length / width }, (_, i) =>
    parts.subarray(i * width, (i + 1) * width).reduce((a, b) => a + b),
  );
  closeTo(sums, model.margins(columns), 1e-9);
}

test('contributions add up to the margin, and the number of threads changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(anyData, async ({ task, rows }) => {
      const data = made(task, rows, true);
      fc.pre(data !== undefined);
      for (const train of [boost, forest]) {
        const { model } = await train(data, { ...small, featuresPerSplit: 2 });
        addsUp(model, data.columns);
        const { model: again } = await train(data, { ...small, featuresPerSplit: 2, threads: 3 });
        expect(Buffer.from(again.encode()).equals(Buffer.from(model.encode()))).toBe(true);
      }
    }),
    runs,
  );
}, 180_000);

test('the order of rows does not change the answers', async () => {
  await fc.assert(
    fc.asyncProperty(anyData, fc.infiniteStream(fc.nat()), async ({ task, rows }, keys) => {
      const shuffled = rows.map((row) => ({ row, key: keys.next().value })).sort((a, b) => a.key - b.key);
      const data = made(task, rows);
      const other = made(
        task,
        shuffled.map(({ row }) => row),
      );
      fc.pre(data !== undefined && other !== undefined);
      const one = await boost(data, small);
      const two = await boost(other, small);
      closeTo(one.model.margins(data.columns), two.model.margins(data.columns), 1e-6);
    }),
    runs,
  );
});

test('a row of weight k counts as k rows', async () => {
  await fc.assert(
    fc.asyncProperty(anyData, fc.array(spread, { minLength: 60, maxLength: 60 }), async ({ rows: drawn }, labels) => {
      // Of two classes, and of labels that are alike, many splits are equally good; three times a number is not it added
      // thrice, so that rounding would decide among them.
      const task = 'regression';
      const rows = drawn.map((row, at) => ({ ...row, y: labels[at] ?? 0 }));
      const options = { ...small, maxCatToOneHot: 255, minHessianInLeaf: 0.5 };
      const weighted = made(task, rows, true);
      const repeated = made(
        task,
        rows.flatMap((row) => Array<Row>(row.w).fill(row)),
      );
      fc.pre(weighted !== undefined && repeated !== undefined);
      const one = await boost(weighted, options);
      const two = await boost(repeated, options);
      closeTo(one.model.margins(weighted.columns), two.model.margins(weighted.columns), 1e-5);
    }),
    runs,
  );
});

test('an answer that may only rise with a column never falls with it', async () => {
  await fc.assert(
    fc.asyncProperty(anyData, fc.constantFrom(1 as const, -1 as const), async ({ task, rows }, sign) => {
      const data = made(task, rows, true);
      fc.pre(data !== undefined);
      const { model } = await boost(data, { ...small, monotone: { a: sign } });
      const steps = Float64Array.from({ length: 81 }, (_, i) => -100 + i * 2.5);
      for (const { b, c } of rows.slice(0, 8)) {
        const answers = model.margins([
          { name: 'a', kind: 'number', values: steps },
          { name: 'b', kind: 'number', values: new Float64Array(81).fill(b) },
          { name: 'c', kind: 'category', values: new Int32Array(81).fill(c) },
        ]);
        answers.forEach((answer, i) => {
          if (i > 0) expect(sign * (answer - answers[i - 1]!)).toBeGreaterThanOrEqual(-1e-9);
        });
      }
    }),
    runs,
  );
});
