import { detect } from 'tinyld/light';
import { en, type Messages } from '../page/app/language/en.ts';
import { createFormat, type Format } from '../page/app/language/format.ts';
import { pt } from '../page/app/language/pt.ts';
import { HELP_EN, HELP_PT } from './help.ts';

/** What the command line says beyond what the page says too. */
interface OwnWords {
  help: string;
  starting: string;
  lost: string;
  seeHelp: string;
  canceling: (id: string) => string;
  canceled: (id: string) => string;
  endedBefore: (id: string) => string;
  stillRuns: (id: string) => string;
  stopped: string;
  unconfirmed: string;
  accepted: (id: string) => string;
  labels: Record<'agreement' | 'dissent' | 'cost' | 'job' | 'by', string>;
  calls: (n: number) => string;
  nextPage: (cursor: string) => string;
  nothing: string;
  noWorker: string;
  columns: Record<
    'id' | 'status' | 'asked' | 'question' | 'provider' | 'model' | 'state' | 'latency' | 'errors',
    string
  >;
  breaker: Record<'closed' | 'open' | 'half_open', string>;
  batch: (done: number, all: number) => string;
  batchEnd: (counts: { done: number; degraded: number; failed: number; time: string }) => string;
  goOn: string;
  badLine: (line: number, problem: string) => string;
  emptyFile: (path: string) => string;
}

const OWN_EN: OwnWords = {
  help: HELP_EN,
  starting: 'No server runs here: starting one for this…',
  lost: 'the connection is lost; trying again…',
  seeHelp: 'See iscoolgpt --help',
  canceling: (id) => `Canceling job ${id}…`,
  canceled: (id) => `Canceled job ${id}.`,
  endedBefore: (id) => `Job ${id} had already ended.`,
  stillRuns: (id) => `Stopped watching; job ${id} runs on.`,
  stopped: 'Stopped.',
  unconfirmed: 'Stopped before the server confirmed the question; it may run.',
  accepted: (id) => `job ${id}`,
  labels: { agreement: 'Agreement', dissent: 'Dissent', cost: 'Cost', job: 'Job', by: 'Merging' },
  calls: (n) => (n === 1 ? '1 call' : `${n} calls`),
  nextPage: (cursor) => `More: iscoolgpt list --cursor ${cursor}`,
  nothing: 'Nothing asked yet.',
  noWorker: 'no worker',
  columns: {
    id: 'ID',
    status: 'STATUS',
    asked: 'ASKED',
    question: 'QUESTION',
    provider: 'PROVIDER',
    model: 'MODEL',
    state: 'STATE',
    latency: 'P50 / P95',
    errors: 'ERRORS',
  },
  breaker: { closed: 'fine', open: 'resting', half_open: 'being tried' },
  batch: (done, all) => `${done} of ${all}`,
  batchEnd: ({ done, degraded, failed, time }) =>
    `${done} answered (${degraded} degraded), ${failed} not, in ${time}.`,
  goOn: 'Run the same command again to go on: what is answered is not asked twice.',
  badLine: (line, problem) => `line ${line}: ${problem}`,
  emptyFile: (path) => `${path}: no question in it`,
};

const OWN_PT: OwnWords = {
  help: HELP_PT,
  starting: 'Nenhum servidor roda aqui: iniciando um para isto…',
  lost: 'a conexão caiu; tentando de novo…',
  seeHelp: 'Veja iscoolgpt --help',
  canceling: (id) => `Cancelando ${id}…`,
  canceled: (id) => `Pergunta ${id} cancelada.`,
  endedBefore: (id) => `A pergunta ${id} já tinha terminado.`,
  stillRuns: (id) => `Acompanhamento encerrado; a pergunta ${id} continua.`,
  stopped: 'Parado.',
  unconfirmed: 'Parado antes de o servidor confirmar a pergunta; ela pode estar rodando.',
  accepted: (id) => `pergunta ${id}`,
  labels: {
    agreement: 'Concordância',
    dissent: 'Divergência',
    cost: 'Custo',
    job: 'Pergunta',
    by: 'União',
  },
  calls: (n) => (n === 1 ? '1 chamada' : `${n} chamadas`),
  nextPage: (cursor) => `Mais: iscoolgpt list --cursor ${cursor}`,
  nothing: 'Nada perguntado ainda.',
  noWorker: 'nenhum worker',
  columns: {
    id: 'ID',
    status: 'ESTADO',
    asked: 'FEITA',
    question: 'PERGUNTA',
    provider: 'PROVEDOR',
    model: 'MODELO',
    state: 'ESTADO',
    latency: 'P50 / P95',
    errors: 'ERROS',
  },
  breaker: { closed: 'bem', open: 'em descanso', half_open: 'em teste' },
  batch: (done, all) => `${done} de ${all}`,
  batchEnd: ({ done, degraded, failed, time }) =>
    `${done} respondidas (${degraded} degradadas), ${failed} não, em ${time}.`,
  goOn: 'Rode o mesmo comando de novo para continuar: o que tem resposta não é perguntado outra vez.',
  badLine: (line, problem) => `linha ${line}: ${problem}`,
  emptyFile: (path) => `${path}: sem nenhuma pergunta`,
};

export interface Words {
  own: OwnWords;
  /** Shared with the page. */
  say: Messages;
  format: Format;
}

const ENGLISH: Words = { own: OWN_EN, say: en, format: createFormat('en') };
const PORTUGUESE: Words = { own: OWN_PT, say: pt, format: createFormat('pt-BR') };

/** Portuguese where the locale (such as `pt_BR.UTF-8`) or the question is; a single word tells no language. */
export function chooseWords(locale: string | undefined, question = ''): Words {
  const asked = /\S\s+\S/.test(question.trim()) ? detect(question, { only: ['en', 'pt', 'es'] }) : '';
  return locale?.toLowerCase().startsWith('pt') || asked === 'pt' ? PORTUGUESE : ENGLISH;
}
