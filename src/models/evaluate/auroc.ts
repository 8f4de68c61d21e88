// The area under the ROC curve: how often a row with the outcome has the higher probability than one without; half for ties.
//
// Variance: DeLong, DeLong, Clarke-Pearson 1988 (Biometrics 44:837), from the placement of each row among those of the
// other class, found in O(n log n) as by Sun and Xu 2014 (IEEE Signal Process Lett 21:1389). Rows of one patient are not
// independent, so placements are summed by patient as by Obuchowski 1997 (Biometrics 53:567); where each patient has one
// row, that is DeLong's variance.
import { aroundShare, type Estimate, z95 } from './estimate.js';
import { fromTheTop, rankOrder } from './ranked.js';

/** Rows of one length: whether the outcome happened (0 or 1), its predicted probability, and the number of the patient. */
export interface Rated {
  readonly outcome: Uint8Array;
  readonly probability: Float64Array;
  /** From 0 to the number of patients − 1. */
  readonly patient: Int32Array;
}

interface Placed {
  readonly area: number;
  /** Of each row the share of the other class that it stands on the right side of. */
  readonly place: Float64Array;
}

/** Undefined where all rows are of one class. */
function placed(outcome: Uint8Array, probability: Float64Array): Placed | undefined {
  const order = rankOrder(probability);
  const all = outcome.reduce((sum, event) => sum + event, 0);
  const none = outcome.length - all;
  if (all === 0 || none === 0) return undefined;
  const place = new Float64Array(outcome.length);
  let eventsAbove = 0;
  let othersAbove = 0;
  let area = 0;
  fromTheTop(probability, order, (start, end) => {
    let events = 0;
    for (let at = start; at < end; at++) events += outcome[order[at] as number] as number;
    const others = end - start - events;
    const ofEvents = (none - othersAbove - others / 2) / none;
    const ofOthers = (eventsAbove + events / 2) / all;
    for (let at = start; at < end; at++) {
      const row = order[at] as number;
      place[row] = outcome[row] === 1 ? ofEvents : ofOthers;
    }
    area += (events * ofEvents) / all;
    eventsAbove += events;
    othersAbove += others;
  });
  return { area, place };
}

/** Of an area, or of the difference of two, whose placements are `place`. Undefined below two patients in either class. */
function variance(place: Float64Array, area: number, { outcome, patient }: Rated): number | undefined {
  const patients = 1 + patient.reduce((most, number) => Math.max(most, number), -1);
  const [ofEvents, ofOthers] = [new Float64Array(patients), new Float64Array(patients)];
  const [eventRows, otherRows] = [new Uint32Array(patients), new Uint32Array(patients)];
  for (let row = 0; row < place.length; row++) {
    const who = patient[row] as number;
    const [sums, rows] = outcome[row] === 1 ? [ofEvents, eventRows] : [ofOthers, otherRows];
    sums[who] = (sums[who] as number) + (place[row] as number) - area;
    rows[who] = (rows[who] as number) + 1;
  }
  let [squaresOfEvents, squaresOfOthers, products] = [0, 0, 0];
  let [withEvents, withOthers, seen] = [0, 0, 0];
  for (let who = 0; who < patients; who++) {
    const [event, other] = [ofEvents[who] as number, ofOthers[who] as number];
    squaresOfEvents += event ** 2;
    squaresOfOthers += other ** 2;
    products += event * other;
    if (eventRows[who] !== 0) withEvents++;
    if (otherRows[who] !== 0) withOthers++;
    if (eventRows[who] !== 0 || otherRows[who] !== 0) seen++;
  }
  if (withEvents < 2 || withOthers < 2) return undefined;
  const events = outcome.reduce((sum, event) => sum + event, 0);
  const others = outcome.length - events;
  return (
    ((withEvents / (withEvents - 1)) * squaresOfEvents) / events ** 2 +
    ((withOthers / (withOthers - 1)) * squaresOfOthers) / others ** 2 +
    ((seen / (seen - 1)) * 2 * products) / (events * others)
  );
}

/** Null where all rows are of one class; without an interval where a class has fewer than two patients. */
export function auroc(rated: Rated): Estimate | null {
  const found = placed(rated.outcome, rated.probability);
  if (!found) return null;
  const spread = variance(found.place, found.area, rated);
  if (spread === undefined) return { value: found.area, low: null, high: null };
  return aroundShare(found.area, Math.sqrt(Math.max(0, spread)));
}

/** By how much the area of `probability` is above that of `than`, on the same rows. Null where there is one class. */
export function aurocAbove(rated: Rated, than: Float64Array): Estimate | null {
  const [own, other] = [placed(rated.outcome, rated.probability), placed(rated.outcome, than)];
  if (!own || !other) return null;
  const value = own.area - other.area;
  const spread = variance(
    own.place.map((place, row) => place - (other.place[row] as number)),
    value,
    rated,
  );
  if (spread === undefined) return { value, low: null, high: null };
  const half = z95 * Math.sqrt(Math.max(0, spread));
  return { value, low: value - half, high: value + half };
}
