const TOPICS = [
  'What is a VPC endpoint?',
  'What is the difference between a security group and a network ACL?',
  'What is eventual consistency?',
  'What does an IAM role do?',
  'When is a queue better than a direct call?',
];

/** The question of the job with this number in the plan. */
export function questionOf(number: number): string {
  return `${TOPICS[number % TOPICS.length]} (job ${number} of the plan)`;
}

/** Which job a prompt is about, an answer's or a merge's. Throws where it names none. */
export function numberOf(prompt: string): number {
  const number = /\(job (\d+) of the plan\)/.exec(prompt)?.[1];
  if (number === undefined) throw new Error(`the prompt names no job of the plan: ${prompt.slice(0, 200)}`);
  return Number(number);
}
