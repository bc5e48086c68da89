import type { Topic } from '../topic.ts';

export const FOUNDATIONS: Topic[] = [
  {
    keywords: [
      'iam role',
      'iam roles',
      'iam user',
      'iam users',
      'iam',
      'temporary credentials',
      'papel do iam',
      'funcao do iam',
      'usuario iam',
      'credenciais temporarias',
    ],
    en: {
      title: 'IAM roles and IAM users',
      variants: [
        'An IAM user is an identity with long-term credentials: a password or access keys. An IAM role has no credentials of its own; whoever is trusted assumes it and gets temporary credentials from STS that expire. For applications on EC2, Lambda or ECS use roles, never stored access keys.',
        'IAM roles are assumed and give short-lived credentials through AWS STS; IAM users own long-term passwords and access keys. Prefer roles for services, cross-account access and federated people, as nothing has to be stored or rotated. A trust policy says who may assume a role.',
        'The difference is the kind of credentials. A user has permanent ones tied to a person or an application. A role has a trust policy that says who may assume it, and yields temporary credentials. Best practice is roles for workloads and federation for people.',
      ],
      misconception:
        'An IAM role has permanent access keys that you download and store on the EC2 instance, whereas an IAM user gets temporary credentials that expire after an hour.',
    },
    pt: {
      title: 'IAM roles e usuários IAM',
      variants: [
        'Um usuário IAM é uma identidade com credenciais de longo prazo: senha ou chaves de acesso. Uma IAM role não tem credenciais próprias; quem é de confiança a assume e recebe do STS credenciais temporárias que expiram. Para aplicações em EC2, Lambda ou ECS use roles, nunca chaves de acesso guardadas.',
        'IAM roles são assumidas e dão credenciais de curta duração por meio do AWS STS; usuários IAM possuem senhas e chaves de acesso de longo prazo. Prefira roles para serviços, acesso entre contas e pessoas federadas, pois nada precisa ser guardado ou rotacionado. Uma política de confiança diz quem pode assumir a role.',
        'A diferença está no tipo de credencial. O usuário tem credenciais permanentes ligadas a uma pessoa ou aplicação. A role tem uma política de confiança que diz quem pode assumi-la e produz credenciais temporárias. A boa prática é roles para cargas de trabalho e federação para pessoas.',
      ],
      misconception:
        'Uma IAM role tem chaves de acesso permanentes que você baixa e guarda na instância EC2, enquanto um usuário IAM recebe credenciais temporárias que expiram em uma hora.',
    },
  },
  {
    keywords: [
      'cap theorem',
      'cap',
      'partition tolerance',
      'eventual consistency',
      'teorema cap',
      'tolerancia a particao',
      'consistencia eventual',
    ],
    en: {
      title: 'the CAP theorem',
      variants: [
        'The CAP theorem says that when the network partitions, a distributed store must give up either consistency or availability. As partitions can always happen, the choice is between CP (refuse some requests to stay consistent) and AP (answer all, perhaps with old data). Without a partition, both are possible.',
        'CAP: consistency, availability, partition tolerance. Since a distributed system cannot rule out partitions, the real choice comes during one: stay consistent and reject requests (CP), or stay available and accept stale reads (AP). PACELC adds that even without partitions latency is traded against consistency.',
        'According to the CAP theorem a distributed system can keep at most two of consistency, availability and partition tolerance at the same time. Partition tolerance is not optional in practice, so during a partition one chooses consistency (CP) or availability (AP).',
      ],
      misconception:
        'The CAP theorem says that a database gets cheaper when it drops partition tolerance, and that modern cloud databases offer all three properties during a network partition.',
    },
    pt: {
      title: 'o teorema CAP',
      variants: [
        'O teorema CAP diz que, quando a rede se particiona, um armazenamento distribuído precisa abrir mão da consistência ou da disponibilidade. Como partições sempre podem ocorrer, a escolha é entre CP (recusar alguns pedidos para manter a consistência) e AP (responder a todos, talvez com dados antigos). Sem partição, as duas são possíveis.',
        'CAP: consistência, disponibilidade, tolerância a partição. Como um sistema distribuído não pode excluir partições, a escolha real ocorre durante uma: manter a consistência e rejeitar pedidos (CP), ou manter a disponibilidade e aceitar leituras antigas (AP). O PACELC acrescenta que, mesmo sem partições, troca-se latência por consistência.',
        'Segundo o teorema CAP, um sistema distribuído mantém ao mesmo tempo no máximo duas entre consistência, disponibilidade e tolerância a partição. Na prática a tolerância a partição não é opcional; durante uma partição escolhe-se consistência (CP) ou disponibilidade (AP).',
      ],
      misconception:
        'O teorema CAP diz que um banco de dados fica mais barato sem tolerância a partição, e que os bancos modernos na nuvem oferecem as três propriedades durante uma partição de rede.',
    },
  },
  {
    keywords: [
      'iaas',
      'paas',
      'saas',
      'service models',
      'infrastructure as a service',
      'platform as a service',
      'modelos de servico',
    ],
    en: {
      title: 'IaaS, PaaS and SaaS',
      variants: [
        'IaaS gives virtual machines, networks and storage, and you manage the operating system and all above it (Amazon EC2). PaaS gives a platform that runs your code, and you manage the application and its data (Elastic Beanstalk, App Engine). SaaS is finished software that you only use (Gmail, Microsoft 365).',
        'The three service models differ in who manages what. IaaS: the provider runs the hardware, you the operating system upwards, as with EC2. PaaS: the provider also runs the operating system and runtime, you bring code, as with App Engine. SaaS: the provider runs everything, as with Gmail.',
        'From most control to least work: IaaS (rent servers such as EC2 and patch them yourself), PaaS (deploy code to a managed platform such as Elastic Beanstalk or Heroku), SaaS (use a complete application such as Microsoft 365 through the browser).',
      ],
      misconception:
        'In IaaS the provider manages the operating system and your application; in SaaS the customer installs and patches the operating system. Amazon EC2 is an example of SaaS.',
    },
    pt: {
      title: 'IaaS, PaaS e SaaS',
      variants: [
        'IaaS oferece máquinas virtuais, redes e armazenamento, e você administra o sistema operacional e tudo acima dele (Amazon EC2). PaaS oferece uma plataforma que executa seu código, e você administra a aplicação e seus dados (Elastic Beanstalk, App Engine). SaaS é um software pronto que você apenas usa (Gmail, Microsoft 365).',
        'Os três modelos de serviço diferem em quem administra o quê. IaaS: o provedor cuida do hardware, você do sistema operacional para cima, como no EC2. PaaS: o provedor cuida também do sistema operacional e do runtime, você traz o código, como no App Engine. SaaS: o provedor cuida de tudo, como no Gmail.',
        'Do maior controle ao menor trabalho: IaaS (alugar servidores como o EC2 e atualizá-los você mesmo), PaaS (implantar código em uma plataforma gerenciada como Elastic Beanstalk ou Heroku), SaaS (usar uma aplicação completa como o Microsoft 365 pelo navegador).',
      ],
      misconception:
        'Em IaaS o provedor administra o sistema operacional e a sua aplicação; em SaaS o cliente instala e atualiza o sistema operacional. O Amazon EC2 é um exemplo de SaaS.',
    },
  },
  {
    keywords: [
      'shared responsibility',
      'responsabilidade compartilhada',
      'security of the cloud',
      'security in the cloud',
      'seguranca da nuvem',
      'seguranca na nuvem',
    ],
    en: {
      title: 'the shared responsibility model',
      variants: [
        'AWS is responsible for security of the cloud: facilities, hardware, network and the software of managed services. The customer is responsible for security in the cloud: data, IAM, encryption choices, network rules and, on EC2, patching the guest operating system. The more managed the service, the less is left to the customer.',
        'In the shared responsibility model the provider secures the infrastructure (data centres, hardware, hypervisor) and the customer secures what is put on it: data, identities and access, configuration and, with EC2, the guest operating system. With managed services such as RDS or Lambda the provider takes over more, but data and access stay with the customer.',
        'Security of the cloud belongs to AWS: buildings, hosts, network, virtualisation. Security in the cloud belongs to the customer: customer data, IAM permissions, security groups, encryption, and guest operating system patches on EC2. The line moves with the service, from IaaS to SaaS.',
      ],
      misconception:
        'In the shared responsibility model AWS patches the guest operating system of your EC2 instances and classifies your data; the customer is responsible only for the physical security of data centres.',
    },
    pt: {
      title: 'o modelo de responsabilidade compartilhada',
      variants: [
        'A AWS responde pela segurança da nuvem: instalações, hardware, rede e o software dos serviços gerenciados. O cliente responde pela segurança na nuvem: dados, IAM, criptografia, regras de rede e, no EC2, as atualizações do sistema operacional convidado. Quanto mais gerenciado o serviço, menos sobra para o cliente.',
        'No modelo de responsabilidade compartilhada o provedor protege a infraestrutura (data centers, hardware, hypervisor) e o cliente protege o que coloca nela: dados, identidades e acessos, configuração e, no EC2, o sistema operacional convidado. Em serviços gerenciados como RDS ou Lambda o provedor assume mais, mas dados e acessos continuam com o cliente.',
        'A segurança da nuvem cabe à AWS: prédios, hosts, rede, virtualização. A segurança na nuvem cabe ao cliente: seus dados, permissões do IAM, security groups, criptografia e atualizações do sistema operacional no EC2. A fronteira muda com o serviço, de IaaS a SaaS.',
      ],
      misconception:
        'No modelo de responsabilidade compartilhada a AWS atualiza o sistema operacional das suas instâncias EC2 e classifica seus dados; o cliente só responde pela segurança física dos data centers.',
    },
  },
  {
    keywords: [
      'terraform state',
      'terraform',
      'state file',
      'remote state',
      'state locking',
      'tfstate',
      'arquivo de estado',
      'estado do terraform',
    ],
    en: {
      title: 'Terraform state',
      variants: [
        'Terraform state maps the resources in the configuration to the real ones, so that a plan can tell what to create, change or destroy. Teams keep it in a remote backend such as S3 with locking and encryption, since two applies at once would corrupt it and it may hold secrets in plain text. Never commit it to Git.',
        'The state file is the record of what Terraform manages: resource ids, attributes and dependencies. Store it remotely (for example S3 with versioning, encryption and a lock), because a local file cannot be shared safely, and treat it as sensitive, as values such as passwords stand in it in plain text.',
        'Terraform compares configuration, state and reality to compute a plan. The state links each resource address to a real id. A remote backend shares it, locking prevents concurrent applies, and access must be restricted because it can contain secrets.',
      ],
      misconception:
        'Terraform state is only a cache of provider plugins. It holds no sensitive values and should be committed to Git, so that everyone applies from their own copy.',
    },
    pt: {
      title: 'o estado do Terraform',
      variants: [
        'O estado do Terraform relaciona os recursos da configuração aos reais, para que o plano saiba o que criar, alterar ou destruir. Equipes o guardam em um backend remoto como o S3, com bloqueio e criptografia, pois dois applies ao mesmo tempo o corromperiam e ele pode conter segredos em texto puro. Nunca o envie ao Git.',
        'O arquivo de estado é o registro do que o Terraform administra: ids, atributos e dependências dos recursos. Guarde-o remotamente (por exemplo no S3 com versionamento, criptografia e bloqueio), porque um arquivo local não se compartilha com segurança, e trate-o como sensível, pois senhas ficam nele em texto puro.',
        'O Terraform compara configuração, estado e realidade para calcular um plano. O estado liga cada endereço de recurso a um id real. Um backend remoto o compartilha, o bloqueio evita applies simultâneos, e o acesso deve ser restrito porque ele pode conter segredos.',
      ],
      misconception:
        'O estado do Terraform é apenas um cache dos plugins. Não contém valores sensíveis e deve ir para o Git, para que cada um aplique a partir da sua cópia.',
    },
  },
];
