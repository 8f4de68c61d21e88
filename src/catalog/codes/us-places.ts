// Places of the United States as Safe Harbor lets them be told: states, and the first three digits of a ZIP code.

/** With the District of Columbia and the inhabited territories, as the Postal Service abbreviates them. */
export const usStates = {
  name: 'States of the United States',
  source: 'U.S. Postal Service, Publication 28, Postal Addressing Standards, Appendix B',
  states: [
    ...['AL Alabama', 'AK Alaska', 'AZ Arizona', 'AR Arkansas', 'CA California', 'CO Colorado', 'CT Connecticut'],
    ...['DE Delaware', 'DC District of Columbia', 'FL Florida', 'GA Georgia', 'HI Hawaii', 'ID Idaho', 'IL Illinois'],
    ...['IN Indiana', 'IA Iowa', 'KS Kansas', 'KY Kentucky', 'LA Louisiana', 'ME Maine', 'MD Maryland'],
    ...['MA Massachusetts', 'MI Michigan', 'MN Minnesota', 'MS Mississippi', 'MO Missouri', 'MT Montana'],
    ...['NE Nebraska', 'NV Nevada', 'NH New Hampshire', 'NJ New Jersey', 'NM New Mexico', 'NY New York'],
    ...['NC North Carolina', 'ND North Dakota', 'OH Ohio', 'OK Oklahoma', 'OR Oregon', 'PA Pennsylvania'],
    ...['RI Rhode Island', 'SC South Carolina', 'SD South Dakota', 'TN Tennessee', 'TX Texas', 'UT Utah'],
    ...['VT Vermont', 'VA Virginia', 'WA Washington', 'WV West Virginia', 'WI Wisconsin', 'WY Wyoming'],
    ...['AS American Samoa', 'GU Guam', 'MP Northern Mariana Islands', 'PR Puerto Rico', 'VI Virgin Islands'],
  ].map((text) => ({ code: text.slice(0, 2), name: text.slice(3) })),
} as const;

/** Beginnings of ZIP codes under which 20,000 people or fewer live: they become 000. */
export const smallZipAreas = {
  name: 'Three-digit ZIP areas of 20,000 people or fewer',
  source:
    'HHS, Office for Civil Rights, Guidance Regarding Methods for De-identification of Protected Health Information, 2012, by the Census of 2000 (45 CFR 164.514(b)(2)(i)(B))',
  areas: [
    ...['036', '059', '063', '102', '203', '556', '692', '790', '821'],
    ...['823', '830', '831', '878', '879', '884', '890', '893'],
  ],
} as const;
