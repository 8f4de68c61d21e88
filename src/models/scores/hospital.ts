// The HOSPITAL score of one stay (Donzé et al. 2013).
import { hospitalPoints } from '../../catalog/codes/hospital-points.js';
import { pointsBelow, pointsIf, pointsInBand } from './points.js';

/** NaN for what is not known. */
interface HospitalItems {
  /** g/dL at discharge. */
  readonly haemoglobin: number;
  /** 1 for discharge from oncology, else 0. */
  readonly oncology: number;
  /** mmol/L at discharge. */
  readonly sodium: number;
  /** 1 where any procedure of the stay is coded, else 0. */
  readonly procedure: number;
  /** 1 for an urgent or emergent admission, else 0. */
  readonly acute: number;
  /** Hospital admissions in the year before. */
  readonly admissions: number;
  /** Days. */
  readonly lengthOfStay: number;
}

/** From 0 to 13; NaN where an item is not known. */
export const hospital = (items: HospitalItems): number =>
  pointsBelow(items.haemoglobin, hospitalPoints.haemoglobin) +
  pointsIf(items.oncology, hospitalPoints.oncology) +
  pointsBelow(items.sodium, hospitalPoints.sodium) +
  pointsIf(items.procedure, hospitalPoints.procedure) +
  pointsIf(items.acute, hospitalPoints.acute) +
  pointsInBand(hospitalPoints.admissions, items.admissions) +
  pointsInBand(hospitalPoints.stay, items.lengthOfStay);
