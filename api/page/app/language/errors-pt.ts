import type { Messages } from './en.ts';

export const providerError: Messages['provider']['error'] = {
  ok: 'respondeu',
  truncated: 'a resposta foi cortada',
  filtered: 'o filtro de conteúdo dele barrou a resposta',
  refused: 'recusou-se a responder',
  empty: 'a resposta veio vazia',
  rate_limited: 'está sendo consultado vezes demais',
  quota_exhausted: 'a cota dele acabou',
  overloaded: 'está sobrecarregado',
  timeout: 'demorou demais',
  aborted: 'a chamada foi interrompida',
  bad_request: 'não aceitou o pedido',
  auth: 'não aceitou a chave',
  model_not_found: 'não conhece o modelo',
  bad_response: 'a resposta não pôde ser lida',
  network: 'não foi alcançado',
  breaker_open: 'falhou demais há pouco e está em descanso',
  attempt_cap: 'foi tentado tantas vezes quanto se permite',
  not_consulted: 'não foi necessário',
  unconfigured: 'nenhum worker tem chave para ele',
};

export const jobError: Messages['job']['error'] = {
  no_usable_answer: 'Nenhum provedor deu uma resposta que pudesse ser usada.',
  deadline_exceeded: 'O prazo passou antes de as respostas serem unidas.',
  poison: 'O trabalho falhou em todos os workers que o pegaram.',
  expired: 'O prazo passou antes de um worker pegar a pergunta. Nada foi chamado, nada foi gasto.',
};

export const problem: Messages['problem'] = {
  malformed_json: 'O servidor não conseguiu ler o pedido.',
  invalid_request: 'O servidor não aceitou o pedido.',
  unauthorized: 'Este servidor pede uma chave de API.',
  not_found: 'Essa pergunta não existe ou pertence a outra chave.',
  method_not_allowed: 'O servidor não faz isso aqui.',
  not_acceptable: 'O servidor não pode responder na forma pedida.',
  request_timeout: 'O pedido demorou demais para chegar ao servidor.',
  cancel_first: 'A pergunta não terminou: cancele-a primeiro.',
  already_ended: 'A pergunta já tinha terminado.',
  still_running: 'A pergunta ainda não terminou.',
  no_answers: 'Não há resposta útil para unir.',
  deleted: 'Essa pergunta foi apagada.',
  payload_too_large: 'A pergunta é longa demais.',
  unsupported_media_type: 'O servidor não conseguiu ler o pedido.',
  misdirected: 'Este servidor não atende neste endereço.',
  idempotency_mismatch: 'O mesmo pedido já foi enviado com outro conteúdo.',
  rate_limited: 'Perguntas demais em pouco tempo.',
  quota_exceeded: 'As perguntas de hoje acabaram.',
  too_many_streams: 'Há perguntas demais sendo acompanhadas ao mesmo tempo.',
  request_header_fields_too_large: 'O pedido era grande demais.',
  internal: 'Algo falhou no servidor.',
  unavailable: 'O serviço está indisponível por um momento.',
  submit_unconfirmed:
    'A pergunta foi guardada, mas não confirmada. Pergunte de novo para confirmar; ela não roda duas vezes.',
  backlog_full: 'Há perguntas demais na fila.',
  unrecognized: 'Quem respondeu não é um servidor IsCoolGPT.',
};
