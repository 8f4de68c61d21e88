// What can be asked of the trainers, with defaults and ranges.
import { CarelakeError } from '../../errors.js';
import type { Dataset } from './dataset.js';

export interface Progress {
  readonly done: number;
  readonly of: number;
  readonly validationLoss?: number | undefined;
}

interface Training {
  /** The same seed gives the same model, whatever the number of threads. Default 1. */
  readonly seed?: number;
  readonly threads?: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal | undefined;
}

interface Growing extends Training {
  readonly trees?: number;
  /** Rows that each leaf holds at least: 20 for boosting, 1 for a forest. */
  readonly minDataInLeaf?: number;
  readonly maxDepth?: number;
  /** Of a column, with that of the missing: 3 to 255. */
  readonly maxBins?: number;
  /** Categories: added to the hessian where they are put in order; added to l2 where they are split. */
  readonly catSmooth?: number;
  readonly catL2?: number;
  /** Categories on the smaller side of a split at most; rows of each group at least; up to so many, one against the rest. */
  readonly maxCatThreshold?: number;
  readonly minDataPerGroup?: number;
  readonly maxCatToOneHot?: number;
}

export interface BoostOptions extends Growing {
  readonly learningRate?: number;
  readonly maxLeaves?: number;
  readonly minHessianInLeaf?: number;
  readonly minGain?: number;
  readonly l2?: number;
  /** Share of the rows, and of the columns, that each round sees. */
  readonly rowSampling?: number;
  readonly columnSampling?: number;
  /** By column: 1 where the answer may only rise with it, -1 where it may only fall. Not for several classes. */
  readonly monotone?: Readonly<Record<string, 1 | -1>>;
  readonly validation?: Dataset | undefined;
  /** Stop after so many rounds without a better loss on the validation data, and keep the best. */
  readonly earlyStopping?: number | undefined;
}

export interface ForestOptions extends Growing {
  /** Columns that each split chooses from: the root of their number, for a regression a third. */
  readonly featuresPerSplit?: number;
  /** Whether each tree sees as many rows as there are, drawn with replacement. Default true. */
  readonly bootstrap?: boolean;
}

const NO_DEPTH = 2 ** 31 - 1;

/** Each number option: default, least, most, and whether it is a whole number. */
const RANGES = {
  trees: [1, 100_000, true],
  threads: [1, 256, true],
  seed: [0, 4_294_967_295, true],
  minDataInLeaf: [1, 1e9, true],
  maxDepth: [1, NO_DEPTH, true],
  maxBins: [3, 255, true],
  catSmooth: [0, 1e9, false],
  catL2: [0, 1e9, false],
  maxCatThreshold: [1, 255, true],
  minDataPerGroup: [1, 1e9, true],
  maxCatToOneHot: [0, 255, true],
  learningRate: [1e-9, 10, false],
  maxLeaves: [2, 65_536, true],
  minHessianInLeaf: [0, 1e18, false],
  minGain: [0, 1e18, false],
  l2: [0, 1e18, false],
  rowSampling: [1e-9, 1, false],
  columnSampling: [1e-9, 1, false],
  earlyStopping: [1, 100_000, true],
  featuresPerSplit: [1, 1e9, true],
  maxIterations: [1, 1e6, true],
  tolerance: [1e-15, 1, false],
  repeats: [1, 1000, true],
} as const satisfies Record<string, readonly [number, number, boolean]>;

/** @throws LEARN_OPTION the first that is out of its range. */
export function checkRanges(options: object): void {
  for (const [name, value] of Object.entries(options)) {
    const range = RANGES[name as keyof typeof RANGES];
    if (!range || value === undefined) continue;
    const [least, most, whole] = range;
    if (typeof value !== 'number' || !(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
      const kind = whole ? 'a whole number' : 'a number';
      throw new CarelakeError('LEARN_OPTION', `${name} is ${value}: ${kind} from ${least} to ${most} is right.`);
    }
  }
}

const growing = {
  seed: 1,
  threads: 1,
  maxDepth: NO_DEPTH,
  maxBins: 255,
  catSmooth: 10,
  catL2: 10,
  maxCatThreshold: 32,
  minDataPerGroup: 100,
  maxCatToOneHot: 4,
};

/** Options of boosting with their defaults. @throws LEARN_OPTION */
export function boostSettings(options: BoostOptions, data: Dataset) {
  checkRanges(options);
  const settings = {
    ...growing,
    trees: 300,
    learningRate: 0.1,
    maxLeaves: 31,
    minDataInLeaf: 20,
    minHessianInLeaf: 1e-3,
    minGain: 0,
    l2: 0,
    rowSampling: 1,
    columnSampling: 1,
    monotone: {} as Readonly<Record<string, 1 | -1>>,
    ...given(options),
  };
  checkMonotone(settings.monotone, data);
  const { validation, earlyStopping } = settings;
  if (earlyStopping && !validation) {
    throw new CarelakeError('LEARN_OPTION', 'earlyStopping needs validation data.');
  }
  if (validation && (validation.task !== data.task || validation.classes > data.classes)) {
    throw new CarelakeError('LEARN_OPTION', 'The validation data has another task or more classes.');
  }
  return settings;
}

/** Options of a forest with their defaults. @throws LEARN_OPTION */
export function forestSettings(options: ForestOptions, data: Dataset) {
  checkRanges(options);
  const columns = data.columns.length - data.skipped.length;
  const usual = data.task === 'regression' ? columns / 3 : Math.sqrt(columns);
  const settings = {
    ...growing,
    trees: 100,
    minDataInLeaf: 1,
    catL2: 0,
    featuresPerSplit: Math.max(1, Math.round(usual)),
    bootstrap: true,
    ...given(options),
  };
  return { ...settings, featuresPerSplit: Math.min(settings.featuresPerSplit, columns) };
}

/** Without the options that were named but left undefined. */
export const given = <T extends object>(options: T): T =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;

function checkMonotone(monotone: Readonly<Record<string, number>>, data: Dataset): void {
  for (const [name, sign] of Object.entries(monotone)) {
    const column = data.columns.find((each) => each.name === name);
    if (column?.kind !== 'number')
      throw new CarelakeError('LEARN_OPTION', `monotone names ${name}, which is no number.`);
    if (sign !== 1 && sign !== -1) throw new CarelakeError('LEARN_OPTION', `monotone of ${name} is ${sign}: 1 or -1.`);
    if (data.task === 'multiclass') {
      throw new CarelakeError('LEARN_OPTION', 'monotone means nothing where there are several classes.');
    }
  }
}
