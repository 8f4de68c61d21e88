// The LACE index of one stay (van Walraven et al. 2010).
import { lacePoints } from '../../catalog/codes/lace-points.js';
import { pointsIf, pointsInBand } from './points.js';

/** NaN for what is not known. */
interface LaceItems {
  /** Days in hospital. */
  readonly lengthOfStay: number;
  /** 1 for an acute (emergent) admission, else 0. */
  readonly acute: number;
  /** Sum of the weights that the index gives to comorbidities. */
  readonly comorbidity: number;
  /** Emergency visits in the 6 months before admission, without the one that led to it. */
  readonly emergencyVisits: number;
}

/** From 0 to 19; NaN where an item is not known. */
export const lace = ({ lengthOfStay, acute, comorbidity, emergencyVisits }: LaceItems): number =>
  pointsInBand(lacePoints.stay, lengthOfStay) +
  pointsIf(acute, lacePoints.acute) +
  pointsInBand(lacePoints.comorbidity, comorbidity) +
  pointsInBand(lacePoints.emergencyVisits, emergencyVisits);
