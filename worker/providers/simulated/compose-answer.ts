import { chooseOption, splitOptions } from './choose-option.ts';
import { findTopic } from './find-topic.ts';
import { seededDraws } from './seeded-draws.ts';
import type { ContentLanguage, Topic, TopicContent } from './topic.ts';
import { ALL_TOPICS } from './topics/all-topics.ts';

export interface AnswerTask {
  providerId: string;
  question: string;
  language: ContentLanguage;
  /** Share of answers, in [0, 1], that tell the topic's misconception instead, where it has one. */
  misconceptionShare: number;
}

/** Answers from the built-in topics; the same task gives the same text. */
export function composeAnswer({ providerId, question, language, misconceptionShare }: AnswerTask): string {
  const { stem, options } = splitOptions(question);
  const topic = findTopic(question);
  if (topic === undefined) return describeLimits(language);
  const content = topic[language];
  const isMisled = seededDraws(providerId, question)[0] < misconceptionShare;
  const misconception = isMisled ? content.misconception : undefined;
  const text = misconception ?? wordingFor(content, providerId, question);
  // Whoever knows the subject knows all that is said of it, however short the own wording.
  const knowledge = misconception ?? content.variants.join(' ');
  const option = chooseOption(stem, options, { title: content.title, text: knowledge });
  return option === undefined ? text : `${text}\n\n${closing(option.letter, language)}`;
}

/** One of the truthful wordings. */
function wordingFor(content: TopicContent, providerId: string, question: string): string {
  // Ids that end in consecutive characters get different wordings, so that a small panel shows all of them.
  const [, offset] = seededDraws(question);
  const index = (Math.floor(offset * 3) + (providerId.codePointAt(providerId.length - 1) ?? 0)) % 3;
  return content.variants[index] ?? content.variants[0];
}

function closing(letter: string, language: ContentLanguage): string {
  return language === 'pt' ? `A resposta é (${letter}).` : `The answer is (${letter}).`;
}

function describeLimits(language: ContentLanguage): string {
  const titles = ALL_TOPICS.map((topic: Topic) => topic[language].title).join('; ');
  return language === 'pt'
    ? `Este é um provedor simulado: ele responde apenas com um conjunto embutido de tópicos, e esta pergunta não corresponde a nenhum deles. Pergunte sobre: ${titles}. Modelos reais respondem quando a chave de um provedor está configurada.`
    : `This is a simulated provider: it answers only from a built-in set of topics, and this question matches none of them. Ask about: ${titles}. Real models answer once a provider's key is set.`;
}
