// From how many people on a figure about a group may be shown.

/** A figure over fewer people could point at one of them. */
export const smallestCell = {
  name: 'Smallest cell',
  source: 'CMS Cell Size Suppression Policy (2020), after 45 CFR 164.514(b): no cell of 1 to 10 is shown.',
  people: 11,
} as const;
