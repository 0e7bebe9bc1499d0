// What a PromQL expression asks for: metrics with labels and values, functions over time, and how it groups.
import { parser } from '@prometheus-io/lezer-promql';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

export interface Selector {
  readonly metric: string;
  /** By label, a value that must be equal; undefined for any other comparison, and for what a variable is put in. */
  readonly matchers: readonly (readonly [label: string, equal: string | undefined])[];
  /** The function that it is under directly, over a range of time; undefined for a moment. */
  readonly over: string | undefined;
}

export interface Grouping {
  /** `by`, `without`, `on`, `ignoring`, `group_left`. */
  readonly labels: readonly string[];
  /** Metrics that are grouped, or matched with each other. */
  readonly metrics: readonly string[];
}

export interface Query {
  readonly selectors: readonly Selector[];
  readonly groupings: readonly Grouping[];
  /** Labels that a result can have because they are kept by `by`; undefined where nothing is grouped so. */
  readonly by: readonly string[] | undefined;
}

/** Grafana puts it in. */
const withDurations = (text: string): string => text.replaceAll('$__rate_interval', '1m');

/** Throws where the expression cannot be parsed. */
export function readQuery(expr: string): Query {
  const text = withDurations(expr);
  const selectors: Selector[] = [];
  const groupings: Grouping[] = [];
  const by: string[] = [];
  parser.parse(text).iterate({
    enter({ node }) {
      if (node.type.isError) throw new Error(`${expr}: cannot be read at ${JSON.stringify(text.slice(node.from))}`);
      if (node.name === 'VectorSelector') selectors.push(selectorOf(node, text));
      if (node.name !== 'GroupingLabels') return;
      const labels = allOf(node, 'LabelName').map((label) => wordsOf(label, text));
      groupings.push({ labels, metrics: allOf(groupedBy(node), 'VectorSelector').map((one) => metricOf(one, text)) });
      if (node.parent?.firstChild?.name === 'By') by.push(...labels);
    },
  });
  return { selectors, groupings, by: by.length > 0 ? by : undefined };
}

const wordsOf = ({ from, to }: SyntaxNode, text: string): string => text.slice(from, to);

function allOf(node: SyntaxNode, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  node.cursor().iterate((one) => {
    if (one.name === name) found.push(one.node);
  });
  return found;
}

/** The aggregation or the operation that the labels belong to. */
function groupedBy(node: SyntaxNode): SyntaxNode {
  let one: SyntaxNode = node;
  while (one.parent && one.name !== 'AggregateExpr' && one.name !== 'BinaryExpr') one = one.parent;
  return one;
}

const metricOf = (selector: SyntaxNode, text: string): string => {
  const name = selector.getChild('Identifier');
  if (!name) throw new Error(`${text}: a selector without the name of a metric`);
  return wordsOf(name, text);
};

function selectorOf(node: SyntaxNode, text: string): Selector {
  const matchers = allOf(node, 'UnquotedLabelMatcher').map((matcher) => {
    const [label, operator, value] = ['LabelName', 'MatchOp', 'StringLiteral'].map((part) => {
      const found = matcher.getChild(part);
      return found ? wordsOf(found, text) : '';
    }) as [string, string, string];
    const isLiteral = (operator === '=' || operator === '!=') && !value.includes('$');
    return [label, isLiteral ? value.slice(1, -1) : undefined] as const;
  });
  const isRange = node.parent?.name === 'MatrixSelector';
  const called = isRange ? functionAround(node)?.getChild('FunctionIdentifier') : undefined;
  return { metric: metricOf(node, text), matchers, over: called ? wordsOf(called, text) : undefined };
}

function functionAround(node: SyntaxNode): SyntaxNode | null {
  let one = node.parent;
  while (one && one.name !== 'FunctionCall') one = one.parent;
  return one;
}
