import { describe, expect, it } from 'vitest';
import { buildTutorPrompt } from './tutor-prompt.ts';

describe('the tutor prompt', () => {
  it('asks in the language of the question by default, and leaves the question as it is', () => {
    const prompt = buildTutorPrompt('  O que é uma VPC?\n');
    expect(prompt.user).toBe('  O que é uma VPC?\n');
    expect(prompt.system).toMatch(/tutor of cloud computing[\s\S]*language of the question\.$/);
    expect(prompt.maxOutputTokens).toBeGreaterThan(0);
  });

  it('names the language that was asked for', () => {
    expect(buildTutorPrompt('What is a VPC?', 'pt').system).toContain('BCP 47 tag "pt"');
  });

  it('keeps the language rule when the role is replaced', () => {
    const { system } = buildTutorPrompt('What is a VPC?', 'pt', 'You are a pirate.');
    expect(system).toMatch(/^You are a pirate\.\nAnswer in the language with the BCP 47 tag "pt"/);
  });
});
