// How an inpatient stay goes: how long it takes and how it ends. Coefficients are illustrative.
import { logistic } from './conditions.js';
import { REFERRAL_FACILITY } from './names.js';
import type { Person } from './people.js';
import type { Random } from './random.js';
import type { Disposition } from './visits.js';

const LONGEST = 60;

/** Days in hospital, at least 1: log-normal, longer with severity (0 to 10). A planned stay is shorter. */
export function drawLength(random: Random, severity: number, planned: boolean): number {
  const log = planned ? 0.25 + 0.1 * severity + 0.4 * random.normal() : 0.25 + 0.19 * severity + 0.55 * random.normal();
  return Math.max(1, Math.min(LONGEST, Math.round(Math.exp(log))));
}

/** How a stay ends that nothing else has decided. A chain of transfers ends at its third hospital. */
export function drawDisposition(
  random: Random,
  person: Person,
  age: number,
  severity: number,
  planned: boolean,
  hospital: { readonly facility: string; readonly transfersBefore: number },
): Disposition {
  const dies = logistic(-7.2 + 0.5 * severity + 0.45 * person.frailty + 0.03 * (age - 65) - (planned ? 1.5 : 0));
  if (random.chance(dies)) return 'died';
  if (random.chance(0.006 + (planned ? 0 : 0.016 * person.deprivation))) return 'left against advice';
  const mayTransfer = !planned && hospital.transfersBefore < 2;
  const transfers = 0.008 * severity * (hospital.facility === REFERRAL_FACILITY ? 0.3 : 1);
  if (mayTransfer && random.chance(transfers)) return 'transfer';
  if (age > 60 && severity > 6.5 && random.chance(0.07)) return 'hospice';
  return random.chance(logistic(-3.6 + 0.06 * (age - 65) + 0.25 * (severity - 5))) ? 'facility' : 'home';
}
