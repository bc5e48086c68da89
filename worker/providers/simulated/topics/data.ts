import type { Topic } from '../topic.ts';

export const DATA: Topic[] = [
  {
    keywords: [
      'storage class',
      'storage classes',
      'glacier',
      's3 standard',
      'intelligent-tiering',
      's3',
      'classe de armazenamento',
      'classes de armazenamento',
    ],
    en: {
      title: 'S3 storage classes',
      variants: [
        'S3 Standard is for data in frequent use. Standard-IA and One Zone-IA are cheaper to store but charge for each retrieval; One Zone-IA keeps data in a single Availability Zone. The Glacier classes are for archives: Instant Retrieval in milliseconds, Flexible Retrieval in minutes to hours, Deep Archive in hours at the lowest price. Intelligent-Tiering moves objects by itself.',
        'Pick a class by how often the data is read. Frequently: S3 Standard. Rarely but at once: Standard-IA, or One Zone-IA if the data can be recreated. Unknown: Intelligent-Tiering. Archive: Glacier Instant Retrieval, Flexible Retrieval or Deep Archive, the cheapest, with retrieval in about 12 hours. Lifecycle rules move objects between them.',
        'S3 storage classes trade the price of storing against the price and time of reading: Standard for frequent access, Standard-IA and One Zone-IA for infrequent access, Glacier classes for archives with Deep Archive the cheapest, and Intelligent-Tiering for unknown patterns. All are designed for eleven nines of durability.',
      ],
      misconception:
        'S3 Glacier Deep Archive is the right class for data in frequent use, as it is the cheapest to store and its objects are always read in milliseconds.',
    },
    pt: {
      title: 'classes de armazenamento do S3',
      variants: [
        'O S3 Standard é para dados de uso frequente. Standard-IA e One Zone-IA são mais baratos para guardar, mas cobram por recuperação; o One Zone-IA mantém os dados em uma única zona de disponibilidade. As classes Glacier são para arquivo: Instant Retrieval em milissegundos, Flexible Retrieval em minutos a horas, Deep Archive em horas pelo menor preço. O Intelligent-Tiering move os objetos sozinho.',
        'Escolha a classe pela frequência de leitura. Frequente: S3 Standard. Rara, mas imediata: Standard-IA, ou One Zone-IA se os dados puderem ser recriados. Desconhecida: Intelligent-Tiering. Arquivo: Glacier Instant Retrieval, Flexible Retrieval ou Deep Archive, a mais barata, com recuperação em cerca de 12 horas. Regras de ciclo de vida movem os objetos.',
        'As classes do S3 equilibram o preço de guardar com o preço e o tempo de ler: Standard para acesso frequente, Standard-IA e One Zone-IA para acesso infrequente, classes Glacier para arquivo, com Deep Archive a mais barata, e Intelligent-Tiering para padrões desconhecidos. Todas são projetadas para onze noves de durabilidade.',
      ],
      misconception:
        'O S3 Glacier Deep Archive é a classe certa para dados de uso frequente, pois é a mais barata e seus objetos são sempre lidos em milissegundos.',
    },
  },
  {
    keywords: [
      'multi-az',
      'multi az',
      'read replica',
      'read replicas',
      'rds',
      'replica de leitura',
      'replicas de leitura',
    ],
    en: {
      title: 'RDS Multi-AZ and read replicas',
      variants: [
        'Multi-AZ is for availability: RDS keeps a synchronous standby in another Availability Zone and fails over to it automatically; in the classic form the standby serves no reads. Read replicas are for scaling reads: they copy asynchronously, may lag, can be in other Regions and have their own endpoint.',
        'Use Multi-AZ to survive the loss of an instance or an Availability Zone: replication is synchronous and failover is automatic under the same endpoint. Use read replicas to take read traffic off the primary: replication is asynchronous, so they may show old data, and promotion is manual.',
        'Multi-AZ means high availability (a synchronous standby, automatic failover, one endpoint). Read replicas mean read scaling (asynchronous copies with their own endpoints, also across Regions). They solve different problems and are often combined.',
      ],
      misconception:
        'Multi-AZ is for read performance: the standby answers half of the reads. Read replicas are synchronous and take over automatically when the primary fails.',
    },
    pt: {
      title: 'RDS Multi-AZ e réplicas de leitura',
      variants: [
        'O Multi-AZ serve à disponibilidade: o RDS mantém um standby síncrono em outra zona de disponibilidade e faz failover automático; na forma clássica o standby não atende leituras. As réplicas de leitura servem para escalar leituras: copiam de forma assíncrona, podem atrasar, podem estar em outras regiões e têm endpoint próprio.',
        'Use Multi-AZ para sobreviver à perda de uma instância ou zona de disponibilidade: a replicação é síncrona e o failover é automático no mesmo endpoint. Use réplicas de leitura para tirar leituras do primário: a replicação é assíncrona, logo podem mostrar dados antigos, e a promoção é manual.',
        'Multi-AZ significa alta disponibilidade (standby síncrono, failover automático, um endpoint). Réplicas de leitura significam escala de leitura (cópias assíncronas com endpoints próprios, inclusive entre regiões). Resolvem problemas diferentes e costumam ser combinados.',
      ],
      misconception:
        'O Multi-AZ serve ao desempenho de leitura: o standby responde metade das leituras. As réplicas de leitura são síncronas e assumem automaticamente quando o primário falha.',
    },
  },
  {
    keywords: [
      'partition key',
      'dynamodb',
      'hot partition',
      'sort key',
      'chave de particao',
      'particao quente',
    ],
    en: {
      title: 'the DynamoDB partition key',
      variants: [
        'DynamoDB hashes the partition key to decide which partition stores an item. A good key has many distinct values that are accessed evenly, such as a user id; a key with few values makes a hot partition that is throttled at about 3,000 read units and 1,000 write units per second. A sort key orders the items under the same partition key.',
        'The partition key spreads items by its hash, so choose one with high cardinality and even access. A date or a status concentrates traffic on one hot partition and causes throttling. With a sort key added, the pair is the primary key, and items of one partition key can be queried in order.',
        'Choose a DynamoDB partition key with high cardinality and uniform access: its hash places the item, and each partition has a ceiling of roughly 3,000 reads and 1,000 writes per second. Write sharding with a suffix helps where one value is hot; the sort key allows range queries inside a partition key.',
      ],
      misconception:
        'The best DynamoDB partition key has few distinct values, such as a status, because then all items stay together on one partition and scans are fast.',
    },
    pt: {
      title: 'a chave de partição do DynamoDB',
      variants: [
        'O DynamoDB aplica um hash à chave de partição para decidir em que partição fica um item. Uma boa chave tem muitos valores distintos acessados por igual, como um id de usuário; uma chave com poucos valores cria uma partição quente, limitada a cerca de 3.000 unidades de leitura e 1.000 de escrita por segundo. A chave de ordenação ordena os itens da mesma chave de partição.',
        'A chave de partição distribui os itens pelo seu hash; escolha uma com alta cardinalidade e acesso uniforme. Uma data ou um status concentra o tráfego em uma partição quente e causa throttling. Com uma chave de ordenação, o par é a chave primária, e os itens de uma chave de partição podem ser consultados em ordem.',
        'Escolha no DynamoDB uma chave de partição com alta cardinalidade e acesso uniforme: o hash posiciona o item, e cada partição tem um teto de cerca de 3.000 leituras e 1.000 escritas por segundo. Um sufixo (write sharding) ajuda quando um valor é quente; a chave de ordenação permite consultas por intervalo.',
      ],
      misconception:
        'A melhor chave de partição do DynamoDB tem poucos valores distintos, como um status, pois assim todos os itens ficam juntos em uma partição e as varreduras são rápidas.',
    },
  },
  {
    keywords: [
      'sqs',
      'sns',
      'message queue',
      'publish subscribe',
      'pub/sub',
      'fan-out',
      'fanout',
      'fila de mensagens',
    ],
    en: {
      title: 'SQS and SNS',
      variants: [
        'SQS is a queue: consumers poll it, each message is handled by one consumer and stays until it is deleted or its retention of up to 14 days ends. SNS is publish and subscribe: it pushes each message at once to all subscribers and keeps nothing. The fan-out pattern joins them: one SNS topic, several SQS queues.',
        'Use SQS to decouple a producer from a worker: messages wait in the queue, consumers pull them and delete them after work, with a visibility timeout in between. Use SNS to notify many subscribers by push. For fan-out, subscribe several SQS queues to one SNS topic.',
        'SQS is pull and one to one: a durable queue whose messages are kept up to 14 days until a consumer deletes them. SNS is push and one to many: a topic that delivers a copy to each subscriber (SQS, Lambda, HTTP, e-mail). Combined, they give durable fan-out.',
      ],
    },
    pt: {
      title: 'SQS e SNS',
      variants: [
        'O SQS é uma fila: os consumidores a consultam, cada mensagem é tratada por um consumidor e permanece até ser apagada ou até o fim da retenção de até 14 dias. O SNS é publicação e assinatura: envia cada mensagem na hora a todos os assinantes e não guarda nada. O padrão fan-out une os dois: um tópico SNS, várias filas SQS.',
        'Use o SQS para desacoplar um produtor de um worker: as mensagens esperam na fila, os consumidores as buscam e as apagam depois do trabalho, com um visibility timeout no meio. Use o SNS para notificar muitos assinantes por push. Para fan-out, assine várias filas SQS em um tópico SNS.',
        'O SQS é pull e um para um: uma fila durável cujas mensagens ficam até 14 dias até que um consumidor as apague. O SNS é push e um para muitos: um tópico que entrega uma cópia a cada assinante (SQS, Lambda, HTTP, e-mail). Juntos, dão um fan-out durável.',
      ],
    },
  },
];
