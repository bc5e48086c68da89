import type { AwsCall, Intercept } from './aws-proxy.ts';

interface Request {
  Statement: string;
  Parameters: unknown[];
}

const TOKENS = /"(?:[^"]|"")*"|'(?:[^']|'')*'|[A-Za-z]+|\d+|[^\s]/g;
const CLAUSES = ['SET', 'REMOVE', 'WHERE', 'AND', 'RETURNING'];

function unquote(token: string): string {
  const quote = token[0] as string;
  return token.slice(1, -1).replaceAll(quote + quote, quote);
}

/** One statement in the words of UpdateItem and PutItem. */
class Translation {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};
  readonly #parameters: unknown[];

  constructor(parameters: unknown[]) {
    this.#parameters = [...parameters];
  }

  parameter(): unknown {
    if (this.#parameters.length === 0) throw new Error('there are more ? than parameters');
    return this.#parameters.shift();
  }

  /** Names and parameters become placeholders; whatever else stands in an expression means the same in both. */
  express(tokens: readonly string[]): string {
    return tokens
      .map((token) => {
        if (token === '?') return this.#value(this.parameter());
        if (/^\d/.test(token)) return this.#value({ N: token });
        return token.startsWith('"') ? this.#name(unquote(token)) : token;
      })
      .join(' ')
      .replaceAll(' . ', '.');
  }

  #name(name: string): string {
    const placeholder = `#${Object.keys(this.names).length}`;
    this.names[placeholder] = name;
    return placeholder;
  }

  #value(value: unknown): string {
    const placeholder = `:${Object.keys(this.values).length}`;
    this.values[placeholder] = value;
    return placeholder;
  }
}

function condition(text: string): string {
  const missing = /^(.*) IS (NOT )?MISSING$/.exec(text);
  if (missing) return `attribute_${missing[2] ? '' : 'not_'}exists(${missing[1]})`;
  return text.replace('[', '(').replace(']', ')');
}

function clausesOf(tokens: readonly string[]): { word: string; rest: string[] }[] {
  const clauses: { word: string; rest: string[] }[] = [];
  for (const token of tokens) {
    if (CLAUSES.includes(token)) clauses.push({ word: token, rest: [] });
    else clauses.at(-1)?.rest.push(token);
  }
  return clauses;
}

function translateUpdate(table: string, tokens: readonly string[], parameters: unknown[]): object {
  const translation = new Translation(parameters);
  const parts: Record<string, string[]> = { SET: [], REMOVE: [], WHERE: [], AND: [] };
  let key: object = {};
  let ReturnValues = 'NONE';
  for (const { word, rest } of clausesOf(tokens)) {
    if (word === 'RETURNING') ReturnValues = rest.includes('MODIFIED') ? 'UPDATED_OLD' : 'ALL_NEW';
    else if (word === 'WHERE') key = { [unquote(rest[0] as string)]: translation.parameter() };
    else parts[word]?.push(translation.express(rest));
  }
  const [keyName] = Object.keys(key) as [string];
  const exists = `attribute_exists(${translation.express([`"${keyName}"`])})`;
  const { SET = [], REMOVE = [], AND = [] } = parts;
  return {
    TableName: table,
    Key: key,
    UpdateExpression: `SET ${SET.join(', ')}${REMOVE.length > 0 ? ` REMOVE ${REMOVE.join(', ')}` : ''}`,
    ConditionExpression: [exists, ...AND.map(condition)].join(' AND '),
    ExpressionAttributeNames: translation.names,
    ExpressionAttributeValues: translation.values,
    ReturnValues,
  };
}

function translateInsert(table: string, tokens: readonly string[], parameters: unknown[]): object {
  const fields = tokens.filter((token) => token.startsWith("'")).map(unquote);
  const Item = Object.fromEntries(fields.map((field, index) => [field, parameters[index]]));
  return { TableName: table, Item, ConditionExpression: `attribute_not_exists(${fields[0]})` };
}

async function run(call: AwsCall, { Statement, Parameters }: Request): Promise<object> {
  const [verb, ...tokens] = Statement.match(TOKENS) ?? [];
  const isUpdate = verb === 'UPDATE';
  const [table, ...rest] = isUpdate ? tokens : tokens.slice(1);
  const translate = isUpdate ? translateUpdate : translateInsert;
  const input = translate(unquote(table as string), rest, Parameters);
  const { status, output } = await call.forward(input, isUpdate ? 'UpdateItem' : 'PutItem');
  if (status === 200) return output.Attributes ? { Item: output.Attributes } : {};
  const name = String(output.__type).split('#').at(-1) as string;
  if (name === 'ConditionalCheckFailedException')
    return { Error: { Code: isUpdate ? 'ConditionalCheckFailed' : 'DuplicateItem' } };
  return { Error: { Code: name.replace('Exception', 'Error'), Message: output.message } };
}

/** Answers BatchExecuteStatement before an endpoint that has none, as far as the store speaks it. */
export const speakPartiql: Intercept = async (call) => {
  if (call.operation !== 'BatchExecuteStatement') return call.forward();
  const requests = call.input.Statements as Request[];
  const Responses = await Promise.all(requests.map((request) => run(call, request)));
  return { status: 200, output: { Responses } };
};

/** Takes batches of writes from an endpoint that has them. */
export const withoutPartiql: Intercept = (call) =>
  call.operation === 'BatchExecuteStatement'
    ? { status: 400, output: { __type: 'com.amazonaws.dynamodb.v20120810#UnknownOperationException' } }
    : call.forward();
