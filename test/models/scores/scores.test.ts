// LACE and HOSPITAL: every band at its border, and the sum.
import { describe, expect, test } from 'vitest';
import { hospital } from '../../../src/models/scores/hospital.js';
import { lace } from '../../../src/models/scores/lace.js';

describe('LACE', () => {
  const none = { lengthOfStay: 0, acute: 0, comorbidity: 0, emergencyVisits: 0 };
  test.each([
    ['lengthOfStay', [0, 0.9, 1, 2, 3, 4, 6, 7, 13, 14, 200], [0, 0, 1, 2, 3, 4, 4, 5, 5, 7, 7]],
    ['acute', [0, 1], [0, 3]],
    ['comorbidity', [0, 1, 2, 3, 4, 20], [0, 1, 2, 3, 5, 5]],
    ['emergencyVisits', [0, 1, 2, 3, 4, 9], [0, 1, 2, 3, 4, 4]],
  ] as const)('points of %s', (item, values, points) => {
    expect(values.map((value) => lace({ ...none, [item]: value }))).toEqual(points);
  });
  test('the highest is 19', () => {
    expect(lace({ lengthOfStay: 14, acute: 1, comorbidity: 6, emergencyVisits: 4 })).toBe(19);
  });
  test('is not known where an item is not', () => {
    for (const item of Object.keys(none)) expect(lace({ ...none, [item]: NaN })).toBeNaN();
  });
});

describe('HOSPITAL', () => {
  const none = { haemoglobin: 14, oncology: 0, sodium: 140, procedure: 0, acute: 0, admissions: 0, lengthOfStay: 1 };
  test.each([
    ['haemoglobin', [11.9, 12], [1, 0]],
    ['oncology', [0, 1], [0, 2]],
    ['sodium', [134, 135], [1, 0]],
    ['procedure', [0, 1], [0, 1]],
    ['acute', [0, 1], [0, 1]],
    ['admissions', [0, 1, 5, 6], [0, 2, 2, 5]],
    ['lengthOfStay', [0, 4, 5], [0, 0, 2]],
  ] as const)('points of %s', (item, values, points) => {
    expect(values.map((value) => hospital({ ...none, [item]: value }))).toEqual(points);
  });
  test('the highest is 13', () => {
    const all = { haemoglobin: 9, oncology: 1, sodium: 130, procedure: 1, acute: 1, admissions: 6, lengthOfStay: 5 };
    expect(hospital(all)).toBe(13);
  });
  test('is not known where an item is not', () => {
    for (const item of Object.keys(none)) expect(hospital({ ...none, [item]: NaN })).toBeNaN();
  });
});
