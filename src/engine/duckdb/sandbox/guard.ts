// Walks a parsed SELECT and refuses whatever is not known to be harmless. What is not listed here is refused.
import { CarelakeError } from '../../../errors.js';
import { tableFunctions } from './functions.js';

export interface Allowed {
  /** Names of tables, in lower case. */
  readonly tables: ReadonlySet<string>;
  /** What there is to be named, for the message. */
  readonly known: readonly string[];
  readonly functions: ReadonlySet<string>;
}

type Tree = Readonly<Record<string, unknown>>;

const relations = new Set(['BASE_TABLE', 'SUBQUERY', 'JOIN', 'TABLE_FUNCTION', 'EXPRESSION_LIST', 'EMPTY', 'PIVOT']);
const queries = new Set(['SELECT_NODE', 'SET_OPERATION_NODE', 'RECURSIVE_CTE_NODE', 'CTE_NODE']);
const modifiers = new Set(['ORDER_MODIFIER', 'LIMIT_MODIFIER', 'LIMIT_PERCENT_MODIFIER', 'DISTINCT_MODIFIER']);
const orders = new Set(['ORDER_DEFAULT', 'ASCENDING', 'DESCENDING']);
const expressions = new Set([
  ...[
    'COLUMN_REF',
    'CONSTANT',
    'FUNCTION',
    'WINDOW',
    'OPERATOR',
    'CAST',
    'CASE',
    'COMPARISON',
    'CONJUNCTION',
    'BETWEEN',
  ],
  ...['SUBQUERY', 'STAR', 'LAMBDA', 'LAMBDA_REF', 'COLLATE', 'POSITIONAL_REFERENCE'],
]);

/** @throws QUERY_FORBIDDEN naming the first construct that is not allowed. `tree` is a statement of json_serialize_sql. */
export function guard(tree: unknown, allowed: Allowed): void {
  visit(tree, allowed, new Set());
}

/** `scope`: the names of the common table expressions that stand at this place. */
function visit(tree: unknown, allowed: Allowed, scope: ReadonlySet<string>): void {
  if (Array.isArray(tree)) for (const item of tree) visit(item, allowed, scope);
  if (tree === null || typeof tree !== 'object' || Array.isArray(tree)) return;
  const node = tree as Tree;
  if (node.class === 'CONSTANT') return;
  requireKnown(node);
  if (node.type === 'BASE_TABLE') requireTable(node, allowed, scope);
  if (typeof node.function_name === 'string') requireFunction(node, allowed.functions, 'function');
  const called = node.type === 'TABLE_FUNCTION' ? (node.function as Tree) : undefined;
  if (called) requireFunction(called, tableFunctions, 'table function');
  const inner = visitCommonTables(node, allowed, scope);
  for (const [key, child] of Object.entries(node)) {
    if (key === 'cte_map' || key === 'cast_type' || key === 'expected_types') continue;
    // The function of a table function was judged above; its arguments are still to be.
    visit(child === called && called ? called.children : child, allowed, inner);
  }
}

/** Each common table expression sees those before it, and itself only where it is recursive. Returns what the query sees. */
function visitCommonTables(node: Tree, allowed: Allowed, scope: ReadonlySet<string>): ReadonlySet<string> {
  const seen = new Set(scope);
  for (const { key, value } of ((node.cte_map as Tree | undefined)?.map ?? []) as { key: string; value: Tree }[]) {
    const name = key.toLowerCase();
    const recursive = ((value.query as Tree).node as Tree).type === 'RECURSIVE_CTE_NODE';
    visit(value, allowed, recursive ? new Set([...seen, name]) : seen);
    seen.add(name);
  }
  return seen;
}

function requireKnown({ class: kind, type }: Tree): void {
  if (kind === undefined && typeof type !== 'string') return; // a part of a node
  const known =
    kind === undefined
      ? [relations, queries, modifiers, orders].some((names) => names.has(type as string))
      : expressions.has(kind as string);
  if (!known) refuse(type === 'SHOW_REF' ? 'DESCRIBE, SHOW and SUMMARIZE are' : `The construct ${type} is`);
}

function requireTable(
  { table_name, schema_name, catalog_name }: Tree,
  allowed: Allowed,
  scope: ReadonlySet<string>,
): void {
  const name = String(table_name).toLowerCase();
  const qualified = Boolean(schema_name || catalog_name);
  if (qualified || !(allowed.tables.has(name) || scope.has(name))) {
    const written = [catalog_name, schema_name, table_name].filter(Boolean).join('.');
    const tables = allowed.known.toSorted().join(', ');
    refuse(`The table ${written} is`, `; there are ${tables}`);
  }
}

function requireFunction({ function_name, schema, catalog }: Tree, names: ReadonlySet<string>, what: string): void {
  const name = String(function_name).toLowerCase();
  if (!names.has(name) || catalog || (schema && schema !== 'main')) refuse(`The ${what} ${name} is`);
}

function refuse(what: string, instead = ''): never {
  throw new CarelakeError('QUERY_FORBIDDEN', `${what} not allowed here${instead}.`);
}
