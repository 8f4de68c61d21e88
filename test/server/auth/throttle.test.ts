// Whoever guesses waits longer and longer; nobody else does.
import { expect, test } from 'vitest';
import { type Attempt, openThrottle } from '../../../src/server/auth/throttle.js';

function clocked() {
  let now = 1_000_000;
  const throttle = openThrottle(() => now);
  return { throttle, pass: (ms: number) => (now += ms) };
}

const by = (user: string, address: string, device?: string): Attempt => ({ user, address, device });

function waits(throttle: ReturnType<typeof openThrottle>, attempt: Attempt, times: number): number[] {
  return Array.from({ length: times }, () => throttle.begin(attempt));
}

test('five may fail, then each wait is twice the one before, up to a quarter of an hour', () => {
  const { throttle, pass } = clocked();
  const ann = by('ann', '10.0.0.7');
  expect(waits(throttle, ann, 7)).toEqual([0, 0, 0, 0, 0, 0, 1000]);
  const seen: number[] = [];
  for (let wait = 1000; seen.length < 14; ) {
    pass(wait);
    expect(throttle.begin(ann)).toBe(0);
    wait = throttle.begin(ann);
    seen.push(wait);
  }
  expect(seen.slice(0, 4)).toEqual([2000, 4000, 8000, 16_000]);
  expect(Math.max(...seen)).toBe(15 * 60_000);
  expect(throttle.begin(by('ann', '10.0.0.8')), 'the same user elsewhere').toBe(0);
  expect(throttle.begin(by('bob', '10.0.0.7')), 'another user there').toBe(0);
});

test('whoever signs in begins anew, but gets no more guesses at others by it', () => {
  const { throttle } = clocked();
  const own = by('eve', '10.0.0.7');
  for (let n = 0; n < 40; n++) {
    throttle.begin(own);
    throttle.passed(own);
  }
  expect(waits(throttle, own, 5)).toEqual([0, 0, 0, 0, 0]);
  throttle.passed(own);
  const names = Array.from({ length: 40 }, (_, n) => `user${n}`);
  const others = names.map((name) => {
    const wait = throttle.begin(by(name, '10.0.0.7'));
    if (throttle.begin(own) === 0) throttle.passed(own);
    return wait;
  });
  expect(others.filter((wait) => wait > 0).length).toBeGreaterThan(5);
});

test('an address that fails for many users waits a minute at most, and known browsers behind it do not', () => {
  const { throttle } = clocked();
  const names = Array.from({ length: 60 }, (_, n) => `user${n}`);
  const first = names.map((name) => throttle.begin(by(name, '10.0.0.7')));
  expect(first.filter((wait) => wait === 0)).toHaveLength(31);
  expect(Math.max(...first)).toBeLessThanOrEqual(60_000);
  expect(throttle.begin(by('ann', '10.0.0.7'))).toBeGreaterThan(0);
  expect(throttle.begin(by('ann', '10.0.0.7', 'her browser'))).toBe(0);
  expect(throttle.begin(by('ann', '10.0.0.9'))).toBe(0);
});

test('a known browser is slowed down by its own failures', () => {
  const { throttle } = clocked();
  expect(waits(throttle, by('ann', '10.0.0.7', 'stolen'), 7)).toEqual([0, 0, 0, 0, 0, 0, 1000]);
});

test('of IPv6 the network counts, of IPv4 in IPv6 the address', () => {
  const { throttle } = clocked();
  waits(throttle, by('ann', '2001:db8:1:2::1'), 6);
  expect(throttle.begin(by('ann', '2001:db8:1:2:ffff:1:2:3'))).toBe(1000);
  expect(throttle.begin(by('ann', '2001:0db8:0001:0002::9'))).toBe(1000);
  expect(throttle.begin(by('ann', '2001:db8:1:3::1'))).toBe(0);
  waits(throttle, by('ann', '::ffff:10.0.0.7'), 6);
  expect(throttle.begin(by('ann', '10.0.0.7'))).toBe(1000);
});

test('after a day it is forgotten', () => {
  const { throttle, pass } = clocked();
  waits(throttle, by('ann', '10.0.0.7'), 30);
  pass(24 * 60 * 60_000);
  expect(waits(throttle, by('ann', '10.0.0.7'), 5)).toEqual([0, 0, 0, 0, 0]);
});

test('refusals are to be written down at once, and then once a minute with how many there were', () => {
  const { throttle, pass } = clocked();
  const at = { user: 'ann', address: '10.0.0.7' };
  expect(Array.from({ length: 50 }, () => throttle.refused(at))).toEqual([1, ...Array(49).fill(0)]);
  expect(throttle.refused({ ...at, user: 'bob' })).toBe(1);
  expect(throttle.refused({ ...at, address: '10.0.0.8' })).toBe(1);
  pass(60_000);
  expect([throttle.refused(at), throttle.refused(at)]).toEqual([50, 0]);
});

test('of a browser that several people share each is counted by themselves', () => {
  const { throttle } = clocked();
  waits(throttle, by('ann', '10.0.0.7', 'of the ward'), 7);
  expect(throttle.begin(by('bob', '10.0.0.7', 'of the ward'))).toBe(0);
});
