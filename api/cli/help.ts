export const HELP_EN = `IsCoolGPT asks several models at once and gives one merged answer.

Usage
  iscoolgpt ask "<question>"     ask; Ctrl-C cancels
  iscoolgpt ask -                read the question from standard input
  iscoolgpt ask --file <file>    ask every line, text or JSON ({"question": …});
                                 run it again to go on where it stopped
  iscoolgpt get <id>             show a job
  iscoolgpt watch <id>           follow a job to its end
  iscoolgpt cancel <id>          cancel a job
  iscoolgpt list                 show the own jobs, newest first
  iscoolgpt providers            show whom the server asks, and how they do

Asking
  --mode fast|balanced|thorough  the first answer, a quorum, or every answer
  --strategy synthesis|consensus a model merges, or the best answer stands
  --providers <id,id,…>          ask these only
  --deadline <seconds>           from asking to the end of the job
  --language <tag>               answer in this language, such as pt-BR
  --no-cache                     do not take an answer of the last day
  --concurrency <n>              with --file: so many at once (4)

Listing
  --status <status>  --limit <n>  --cursor <cursor>

Everywhere
  --json                         one JSON object on standard output, no more
  --server <url>                 or ISCOOLGPT_SERVER. Without it: the server
                                 that runs here, else one started for this
  --key <key>                    or ISCOOLGPT_KEY, which no list of processes
                                 shows
  --help  --version              NO_COLOR=1 leaves colors out

Exit codes
  0  done
  1  failed                      4  timed out: the deadline passed
  2  not understood              5  refused: key, limit or request
  3  answered, but degraded      6  the server is not reached
  130  canceled
`;

export const HELP_PT = `O IsCoolGPT consulta vários modelos ao mesmo tempo e dá uma só resposta.

Uso
  iscoolgpt ask "<pergunta>"     pergunta; Ctrl-C cancela
  iscoolgpt ask -                lê a pergunta da entrada padrão
  iscoolgpt ask --file <arquivo> pergunta cada linha, texto ou JSON
                                 ({"question": …}); de novo, continua de onde
                                 parou
  iscoolgpt get <id>             mostra uma pergunta feita
  iscoolgpt watch <id>           acompanha até o fim
  iscoolgpt cancel <id>          cancela
  iscoolgpt list                 mostra as suas perguntas, da mais nova em diante
  iscoolgpt providers            mostra a quem o servidor pergunta, e como estão

Ao perguntar
  --mode fast|balanced|thorough  a primeira resposta, um quórum, ou todas
  --strategy synthesis|consensus um modelo une, ou vale a resposta mais apoiada
  --providers <id,id,…>          só a estes
  --deadline <segundos>          da pergunta ao fim
  --language <código>            responder neste idioma, como pt-BR
  --no-cache                     não aproveitar uma resposta do último dia
  --concurrency <n>              com --file: quantas ao mesmo tempo (4)

Ao listar
  --status <estado>  --limit <n>  --cursor <cursor>

Sempre
  --json                         um objeto JSON na saída padrão, e só
  --server <url>                 ou ISCOOLGPT_SERVER. Sem isso: o servidor que
                                 roda aqui, ou um iniciado só para isto
  --key <chave>                  ou ISCOOLGPT_KEY, que nenhuma lista de
                                 processos mostra
  --help  --version              NO_COLOR=1 deixa as cores de fora

Códigos de saída
  0  feito
  1  falhou                      4  o prazo passou
  2  não entendido               5  recusado: chave, limite ou pedido
  3  respondida, mas degradada   6  o servidor não foi alcançado
  130  cancelada
`;
