// Whether a person is at the page: what it asks by itself while nobody is there must not keep their session open.

/** How long somebody who did nothing is taken to be there, in milliseconds. */
const thereFor = 60_000;

let last = Date.now();

/** To be called once, when the page starts. */
export function watchAttendance(): void {
  for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const) {
    window.addEventListener(event, () => (last = Date.now()), { passive: true, capture: true });
  }
}

export const isAttended = (): boolean => Date.now() - last < thereFor;
