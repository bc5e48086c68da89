import { describe, expect, test } from 'vitest';
import { readClosedQuestion } from './closed-question.ts';

const summarize = (text: string): string => {
  const closed = readClosedQuestion(text);
  if (closed?.kind !== 'options') return closed?.kind ?? 'open';
  return `${closed.options.map(({ label, text: option }) => `${label}=${option}`).join(' ')} choose ${closed.choose}`;
};

describe('options', () => {
  test.each([
    ['Which?\nA) EBS\nB) S3', 'A=EBS B=S3 choose 1'],
    ['Which?\n\nA. EBS\n\nB. S3\n\nC. EFS', 'A=EBS B=S3 C=EFS choose 1'],
    ['Which?\n- **A)** EBS\n- **B)** S3', 'A=EBS B=S3 choose 1'],
    ['Qual serviço guarda objetos? (A) EBS (B) S3 (C) EFS', 'A=EBS B=S3 C=EFS choose 1'],
    ['Qual guarda objetos? a) EBS; b) S3; ou c) EFS', 'A=EBS B=S3 C=EFS choose 1'],
    ['Which one is right? 1) EBS 2) S3 3) EFS', '1=EBS 2=S3 3=EFS choose 1'],
    ['Which should they use? A. EBS B. S3 C. EFS', 'A=EBS B=S3 C=EFS choose 1'],
    ['Which TWO scale? (Choose two.)\nA. x\nB. y\nC. z', 'A=x B=y C=z choose 2'],
    ['A. x\nB. y\nC. z\nSelect THREE.\n', 'A=x B=y C=z choose 1'],
    ['Selecione DUAS alternativas.\na) um\nb) dois\nc) três', 'A=um B=dois C=três choose 2'],
    ['Select all that apply.\nA. x\nB. y\nC. z', 'A=x B=y C=z choose any'],
  ])('%j lists %s', (text, expected) => {
    expect(summarize(text)).toBe(expected);
  });

  test.each([
    'Explain: 1) EBS 2) S3',
    'Explain these: a) EBS b) S3',
    'Do the following steps: 1. create a bucket 2. upload a file 3. share it',
    'Explain how a. EBS and b. EFS differ, e.g. in price.',
    'Compare plan A. with plan B. in price.',
    'Say what plan A. holds.',
  ])('%j lists none', (text) => {
    expect(summarize(text)).toBe('open');
  });
});

describe('without options', () => {
  test.each([
    ['Is S3 a regional service?', 'yes_no'],
    ['A company uses S3. Can it serve a static site?', 'yes_no'],
    ['O S3 é um serviço regional?', 'yes_no'],
    ['Posso anexar um volume EBS a duas instâncias?', 'yes_no'],
    ['Is S3 or EBS cheaper?', 'open'],
    ['Qual é a diferença entre S3 e EBS?', 'open'],
    ['How many nines of durability does S3 have?', 'number'],
    ['Quantas zonas tem a região?', 'number'],
    ['What is S3?', 'open'],
    ['', 'open'],
  ])('%j is %s', (text, expected) => {
    expect(summarize(text)).toBe(expected);
  });
});
