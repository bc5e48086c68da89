import { expect, test } from 'vitest';
import { jobRequestSchema } from '../../../../shared/contract/job-request.ts';
import type { JobView } from '../../../client.ts';
import { strategiesLeft } from '../job/job-actions.tsx';
import { askAgain, EMPTY_DRAFT, requestOf } from './draft.ts';

test('the form asks for what the contract knows', () => {
  const request = requestOf({ ...EMPTY_DRAFT, question: '  What is EC2?\n', providers: ['openai'] });
  expect(jobRequestSchema.parse(request)).toMatchObject({ question: 'What is EC2?', providers: ['openai'] });
});

const JOB = {
  question: 'What is EC2?',
  mode: 'thorough',
  strategy: 'consensus',
  language: 'pt-BR',
  metadata: { course: 'cloud' },
  created_at: '2026-01-01T00:00:00.000Z',
  deadline_at: '2026-01-01T00:05:00.000Z',
  done: true,
  answer: { text: 'A server.', language: 'en' },
  providers: [{ id: 'openai', answer: { text: 'A server.', language: 'en' } }],
} as unknown as JobView;

test('asking again asks the same panel the same, and takes nothing from the store', () => {
  expect(jobRequestSchema.parse(askAgain(JOB))).toMatchObject({
    question: 'What is EC2?',
    mode: 'thorough',
    strategy: 'consensus',
    language: 'pt-BR',
    metadata: { course: 'cloud' },
    deadline_seconds: 300,
    providers: ['openai'],
    cache: false,
  });
});

test('kept answers can be merged by the other strategy, or by any where none came of it', () => {
  expect(strategiesLeft(JOB)).toEqual(['synthesis']);
  expect(strategiesLeft({ ...JOB, answer: null })).toEqual(['synthesis', 'consensus']);
  expect(strategiesLeft({ ...JOB, done: false })).toEqual([]);
  expect(strategiesLeft({ ...JOB, providers: [] })).toEqual([]);
});
