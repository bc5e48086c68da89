/** An answer that a request writes. */
export interface WrittenAnswer {
  job_id: string;
  provider: string;
}

interface Update {
  Key?: { pk?: { S?: string } };
  UpdateExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
}

interface Batch {
  Statements?: { Statement: string; Parameters?: { S?: string }[] }[];
}

interface BatchReply {
  Responses?: { Error?: object }[];
}

const JOB_KEY = /^JOB#(.+)$/;
const SET_OF_TWO = /(#\d+)\.(#\d+) = /g;
const SET_ANSWER = /SET "answers"\."([^"]+)" = \?/g;

/** Whose answers an UpdateItem request writes, and of which job; none where it writes none. */
export function answersOfUpdate(body: string): WrittenAnswer[] {
  const { Key, UpdateExpression = '', ExpressionAttributeNames: names = {} } = JSON.parse(body) as Update;
  const jobId = JOB_KEY.exec(Key?.pk?.S ?? '')?.[1];
  if (!jobId) return [];
  return [...UpdateExpression.matchAll(SET_OF_TWO)].flatMap(([, field = '', key = '']) =>
    names[field] === 'answers' && names[key] ? [{ job_id: jobId, provider: names[key] }] : [],
  );
}

/** Whose answers a BatchExecuteStatement request wrote, by its reply: each statement is judged by itself. */
export function answersOfBatch(body: string, reply: string): WrittenAnswer[] {
  const { Statements = [] } = JSON.parse(body) as Batch;
  const { Responses = [] } = JSON.parse(reply) as BatchReply;
  return Statements.flatMap(({ Statement, Parameters = [] }, index) => {
    const jobId = Parameters.flatMap(({ S }) => JOB_KEY.exec(S ?? '')?.[1] ?? [])[0];
    if (!jobId || !Responses[index] || Responses[index].Error) return [];
    return [...Statement.matchAll(SET_ANSWER)].map(([, provider = '']) => ({ job_id: jobId, provider }));
  });
}
