// One look for all who ask at once. Nobody is told of a look that began before they asked: what had happened by then they see.
export function sharedLook<Seen>(look: () => Promise<Seen>): () => Promise<Seen> {
  let running: Promise<unknown> | undefined;
  let next: Promise<Seen> | undefined;

  function begin(): Promise<Seen> {
    next = undefined;
    const own = look();
    const over = own.then(
      () => undefined,
      () => undefined,
    );
    running = over;
    void over.then(() => {
      if (running === over) running = undefined;
    });
    return own;
  }

  return () => {
    // Whoever asks in the same turn of the event loop shares the first look, too.
    next ??= (running ?? new Promise(setImmediate)).then(begin);
    return next;
  };
}
