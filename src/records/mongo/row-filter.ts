// A question for rows in MongoDB's words. Names of fields come from the catalog.
import type { Document } from 'mongodb';
import type { Order, ReadQuery } from '../query.js';
import { idOf, idsOf } from './store.js';

const path = (field: string): string => `values.${field}`;

export function filterOf(workspace: string, { deleted, where, place, order }: ReadQuery): Document {
  return {
    _id: idsOf(workspace),
    ...(deleted ? {} : { deleted: false }),
    $and: [{}, ...where.map(conditionOf), ...(place ? [{ $or: afterOf(workspace, order, place) }] : [])],
  };
}

function conditionOf({ field, in: any, from, to, isList }: ReadQuery['where'][number]): Document {
  const bounds = { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lte: to }) };
  const isMissing = any?.includes(null) && from === undefined && to === undefined;
  const present = any?.filter((one) => one !== null);
  const asked = { ...(present && { $in: present }), ...bounds };
  // Of a list one item must be all of it.
  const held = isList ? { [path(field)]: { $elemMatch: asked } } : { [path(field)]: asked };
  if (Object.keys(asked).length === 0) return {};
  return isMissing ? { $or: [held, { [path(field)]: null }] } : held;
}

/** What comes after a place: equal in the fields before one of the order, and beyond it in that; what is missing comes last. */
function afterOf(workspace: string, order: readonly Order[], { values, key }: NonNullable<ReadQuery['place']>) {
  const equal = order.map(({ field }, index) => ({ [path(field)]: values[index] ?? null }));
  const beyond = order.map(({ field, descending }, index): Document | undefined => {
    const value = values[index] ?? null;
    if (value === null) return undefined;
    return { $or: [{ [path(field)]: { [descending ? '$lt' : '$gt']: value } }, { [path(field)]: null }] };
  });
  const steps = [...beyond, { _id: { $gt: idOf(workspace, key) } }];
  return steps.flatMap((step, index) => (step ? [{ $and: [...equal.slice(0, index), step] }] : []));
}

/** One row more than the page has. */
export function pipelineOf(workspace: string, query: ReadQuery): Document[] {
  const missing = query.order.map(({ field }, index) => [
    `_missing${index}`,
    { $cond: [{ $eq: [{ $ifNull: [`$${path(field)}`, null] }, null] }, 1, 0] },
  ]);
  const order = query.order.flatMap(({ field, descending }, index) => [
    [`_missing${index}`, 1],
    [path(field), descending ? -1 : 1],
  ]);
  return [
    { $match: filterOf(workspace, query) },
    ...(missing.length > 0 ? [{ $addFields: Object.fromEntries(missing) }] : []),
    { $sort: { ...Object.fromEntries(order), _id: 1 } },
    { $limit: query.limit + 1 },
  ];
}
