// Where the threads wait for one another: the last to come opens it. Spins a little, then sleeps.

/** `at`: two u32, how many have come and how often it was opened. */
export function barrier(at: usize, threads: u32): void {
  if (threads == 1) return;
  const round = atomic.load<u32>(at, 4);
  if (atomic.add<u32>(at, 1) + 1 == threads) {
    atomic.store<u32>(at, 0);
    atomic.add<u32>(at, 1, 4);
    atomic.notify(at + 4, -1);
    return;
  }
  for (let spin = 0; spin < 4000; spin++) {
    if (atomic.load<u32>(at, 4) != round) return;
  }
  while (atomic.load<u32>(at, 4) == round) atomic.wait<i32>(at + 4, <i32>round, -1);
}
