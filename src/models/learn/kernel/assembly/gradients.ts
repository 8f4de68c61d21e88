// Where the answers so far are wrong: gradient and hessian of each row.
import { barrier } from './barrier';
import { Boosting } from './boosting';
import { Rules } from './layout';

/** The probability of each class for rows from..to. */
export function softmax(task: Boosting, from: u32, to: u32): void {
  const classes = task.classes;
  for (let i = from; i < to; i++) {
    const scores = task.scores + (((<usize>i) * classes) << 3);
    const out = task.probabilities + (((<usize>i) * classes) << 3);
    let top = load<f64>(scores);
    for (let k: u32 = 1; k < classes; k++) top = max(top, load<f64>(scores + ((<usize>k) << 3)));
    let sum: f64 = 0;
    for (let k: u32 = 0; k < classes; k++) {
      const e = Math.exp(load<f64>(scores + ((<usize>k) << 3)) - top);
      store<f64>(out + ((<usize>k) << 3), e);
      sum += e;
    }
    for (let k: u32 = 0; k < classes; k++) {
      store<f64>(out + ((<usize>k) << 3), load<f64>(out + ((<usize>k) << 3)) / sum);
    }
  }
}

/** 2^e as a number. */
function power(e: i32): f64 {
  return reinterpret<f64>((<i64>e + 1023) << 52);
}

/** Gradient and hessian of each row as whole numbers of a unit that is a power of two, side by side in eight bytes. */
export function gradients(task: Boosting, k: u32, from: u32, to: u32, thread: u32): void {
  const rules = changetype<Rules>(task.rules);
  const classes = task.classes;
  let top = task.maxWeight;
  if (task.objective == 0) {
    let mine: f64 = 0;
    for (let i = from; i < to; i++) {
      const at = (<usize>i) << 3;
      mine = max(mine, abs(load<f64>(task.weight + at) * (load<f64>(task.scores + at) - load<f64>(task.label + at))));
    }
    store<f64>(task.extremes + ((<usize>thread) << 3), mine);
    barrier(task.barrier, task.threads);
    top = 0;
    for (let t: u32 = 0; t < task.threads; t++) top = max(top, load<f64>(task.extremes + ((<usize>t) << 3)));
  }
  const factor: f64 = task.objective == 2 ? <f64>classes / <f64>(classes - 1) : 1;
  const widest = task.objective == 0 ? task.maxWeight : task.maxWeight * factor * 0.25;
  const gBits = task.gradientBits - 1 - exponent(top);
  const hBits = task.hessianBits - 1 - exponent(widest);
  const gScale = power(gBits);
  const hScale = power(hBits);
  if (thread == 0) {
    rules.gradientUnit = power(-gBits);
    rules.hessianUnit = power(-hBits);
  }
  for (let i = from; i < to; i++) {
    const at = (<usize>i) << 3;
    const w = load<f64>(task.weight + at);
    const y = load<f64>(task.label + at);
    let g: f64;
    let h: f64;
    if (task.objective == 0) {
      g = w * (load<f64>(task.scores + at) - y);
      h = w;
    } else {
      let p: f64;
      let is: f64 = y;
      if (task.objective == 1) {
        p = 1 / (1 + Math.exp(-load<f64>(task.scores + at)));
      } else {
        p = load<f64>(task.probabilities + (((<usize>i) * classes + k) << 3));
        is = y == <f64>k ? 1 : 0;
      }
      g = w * (p - is);
      h = w * factor * p * (1 - p);
    }
    store<i64>(task.pairs + at, (<i64>nearest(g * gScale) << 32) | <i64>nearest(h * hScale));
  }
  barrier(task.barrier, task.threads);
}

/** The least e with x < 2^(e + 1). */
function exponent(x: f64): i32 {
  if (x == 0) return 0;
  return max(<i32>((reinterpret<u64>(x) >> 52) & 2047) - 1023, -900);
}
