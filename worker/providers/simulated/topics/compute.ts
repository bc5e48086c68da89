import type { Topic } from '../topic.ts';

export const COMPUTE: Topic[] = [
  {
    keywords: [
      'spot',
      'reserved instance',
      'reserved instances',
      'on-demand',
      'on demand',
      'savings plan',
      'savings plans',
      'pricing models',
      'modelos de preco',
      'instancias reservadas',
      'sob demanda',
    ],
    en: {
      title: 'EC2 pricing models',
      variants: [
        'On-Demand instances are billed by the second with no commitment and suit unpredictable workloads. Reserved Instances and Savings Plans trade a commitment of one or three years for a discount of up to about 72%. Spot Instances use spare capacity at up to 90% off, but AWS can reclaim them with a two-minute warning, so they suit fault-tolerant batch work.',
        'Choose by how steady and how interruptible the work is. Steady use for one or three years: Savings Plans or Reserved Instances. Fault-tolerant and flexible work: Spot Instances, the cheapest (up to 90% off), interrupted with two minutes of notice. Short, spiky or unknown load: On-Demand, without commitment.',
        'EC2 has On-Demand (no commitment, highest price), Reserved Instances and Savings Plans (a one or three year commitment for up to about 72% off), Spot (spare capacity, up to 90% off, can be interrupted with a two-minute notice) and Dedicated Hosts for licences or compliance.',
      ],
      misconception:
        'Spot Instances are the best choice for production databases: once you win the price, the capacity is guaranteed for a year. On-Demand instances require a one year commitment.',
    },
    pt: {
      title: 'modelos de preço do EC2',
      variants: [
        'As instâncias On-Demand são cobradas por segundo, sem compromisso, e servem a cargas imprevisíveis. Reserved Instances e Savings Plans trocam um compromisso de um ou três anos por desconto de até cerca de 72%. As Spot usam capacidade ociosa com até 90% de desconto, mas a AWS pode retomá-las com aviso de dois minutos: servem a trabalhos tolerantes a falhas.',
        'Escolha conforme a constância e a tolerância a interrupções. Uso constante por um ou três anos: Savings Plans ou Reserved Instances. Trabalho flexível e tolerante a falhas: instâncias Spot, as mais baratas (até 90% de desconto), interrompidas com aviso de dois minutos. Carga curta ou desconhecida: On-Demand, sem compromisso.',
        'O EC2 oferece On-Demand (sem compromisso, preço mais alto), Reserved Instances e Savings Plans (compromisso de um ou três anos, até cerca de 72% de desconto), Spot (capacidade ociosa, até 90% de desconto, pode ser interrompida com aviso de dois minutos) e Dedicated Hosts para licenças ou conformidade.',
      ],
      misconception:
        'Instâncias Spot são a melhor escolha para bancos de dados de produção: depois de obtidas, a capacidade fica garantida por um ano. As On-Demand exigem compromisso de um ano.',
    },
  },
  {
    keywords: [
      'cold start',
      'cold starts',
      'lambda',
      'provisioned concurrency',
      'serverless',
      'snapstart',
      'partida a frio',
    ],
    en: {
      title: 'AWS Lambda and cold starts',
      variants: [
        'A cold start is the delay when Lambda must create a new execution environment: it downloads the code, starts the runtime and runs the initialisation code before the handler. Later requests reuse the warm environment. Provisioned concurrency keeps environments ready, and smaller packages or SnapStart shorten the start.',
        'When no warm execution environment is free, Lambda creates one, and the first request waits for it: that is the cold start. To reduce it, keep the package small, do little in the initialisation, use SnapStart where the runtime offers it, or pay for provisioned concurrency, which keeps environments initialised.',
        'Lambda cold starts happen on the first request and when traffic scales out, as each new execution environment has to load the code and initialise the runtime. Warm environments skip this. Provisioned concurrency removes most of the delay; lighter dependencies and more memory reduce it.',
      ],
      misconception:
        'A cold start is the time Lambda needs to shut a function down after its timeout. It is avoided by raising the timeout to 15 minutes.',
    },
    pt: {
      title: 'AWS Lambda e cold starts',
      variants: [
        'Um cold start é a demora quando o Lambda precisa criar um novo ambiente de execução: baixa o código, inicia o runtime e executa a inicialização antes do handler. Os pedidos seguintes reutilizam o ambiente já quente. A provisioned concurrency mantém ambientes prontos, e pacotes menores ou o SnapStart encurtam a partida.',
        'Quando não há ambiente de execução quente livre, o Lambda cria um, e o primeiro pedido espera por ele: isso é o cold start. Para reduzi-lo, mantenha o pacote pequeno, faça pouco na inicialização, use o SnapStart onde existir ou pague por provisioned concurrency, que mantém ambientes inicializados.',
        'Os cold starts do Lambda ocorrem no primeiro pedido e quando o tráfego cresce, pois cada novo ambiente de execução precisa carregar o código e iniciar o runtime. Ambientes quentes pulam essa etapa. A provisioned concurrency elimina quase toda a demora; dependências mais leves e mais memória a reduzem.',
      ],
      misconception:
        'Um cold start é o tempo que o Lambda leva para encerrar uma função após o timeout. Evita-se aumentando o timeout para 15 minutos.',
    },
  },
  {
    keywords: [
      'auto scaling',
      'autoscaling',
      'auto-scaling',
      'scale out',
      'scaling policy',
      'target tracking',
      'escalabilidade automatica',
      'escalonamento automatico',
    ],
    en: {
      title: 'auto scaling',
      variants: [
        'Auto Scaling adjusts the number of instances to the load between a minimum and a maximum. Target tracking keeps a metric, such as 50% CPU, near a target; step scaling reacts to the size of an alarm; scheduled scaling follows the clock. It also replaces instances that fail their health checks.',
        'An Auto Scaling group keeps capacity between a minimum and a maximum, spreads instances over Availability Zones and replaces unhealthy ones. Policies decide when to scale out or in: target tracking (hold a metric at a target), step, scheduled or predictive.',
        'Auto scaling is horizontal: it adds instances when demand rises and removes them when it falls, so that you pay for what you need. The group has minimum, desired and maximum capacity; target tracking on CPU or requests for each instance is the usual policy, and health checks replace failed instances.',
      ],
    },
    pt: {
      title: 'auto scaling',
      variants: [
        'O Auto Scaling ajusta o número de instâncias à carga, entre um mínimo e um máximo. O target tracking mantém uma métrica, como 50% de CPU, perto de um alvo; o step scaling reage ao tamanho de um alarme; o agendado segue o relógio. Ele também substitui instâncias que falham nas verificações de saúde.',
        'Um grupo de Auto Scaling mantém a capacidade entre um mínimo e um máximo, distribui instâncias pelas zonas de disponibilidade e substitui as que não estão saudáveis. As políticas decidem quando aumentar ou reduzir: target tracking (mantém uma métrica no alvo), step, agendada ou preditiva.',
        'O auto scaling é horizontal: acrescenta instâncias quando a demanda cresce e as remove quando ela cai, de modo que se paga pelo necessário. O grupo tem capacidade mínima, desejada e máxima; target tracking sobre CPU é a política comum, e verificações de saúde substituem instâncias com falha.',
      ],
    },
  },
  {
    keywords: [
      'container',
      'containers',
      'docker',
      'virtual machine',
      'virtual machines',
      'vms',
      'hypervisor',
      'conteiner',
      'conteineres',
      'maquina virtual',
      'maquinas virtuais',
      'kubernetes',
    ],
    en: {
      title: 'containers and virtual machines',
      variants: [
        'Containers share the kernel of the host and isolate processes with namespaces and cgroups, so they are small and start in seconds or less. Virtual machines run a full guest operating system on a hypervisor: heavier and slower to start, but with stronger isolation.',
        'A virtual machine virtualises hardware: each has its own operating system above a hypervisor, which isolates strongly and costs gigabytes and minutes. A container virtualises the operating system: it shares the host kernel, packs only the application and its dependencies, and starts almost at once.',
        'The difference is what is shared. Containers share the host kernel, which makes them light, portable and quick to start. Virtual machines share only the hardware through a hypervisor and carry a whole guest operating system, so they isolate better but use more memory and disk.',
      ],
      misconception:
        'Each container runs its own full operating system with its own kernel on a hypervisor, so containers isolate more strongly than virtual machines but start more slowly.',
    },
    pt: {
      title: 'contêineres e máquinas virtuais',
      variants: [
        'Contêineres compartilham o kernel do host e isolam processos com namespaces e cgroups; por isso são pequenos e iniciam em segundos ou menos. Máquinas virtuais executam um sistema operacional completo sobre um hypervisor: mais pesadas e lentas para iniciar, porém com isolamento mais forte.',
        'Uma máquina virtual virtualiza o hardware: cada uma tem seu próprio sistema operacional sobre um hypervisor, o que isola bem e custa gigabytes e minutos. Um contêiner virtualiza o sistema operacional: compartilha o kernel do host, leva só a aplicação e suas dependências e inicia quase na hora.',
        'A diferença está no que é compartilhado. Contêineres compartilham o kernel do host, o que os torna leves, portáteis e rápidos para iniciar. Máquinas virtuais compartilham apenas o hardware por meio de um hypervisor e carregam um sistema operacional inteiro: isolam melhor, mas usam mais memória e disco.',
      ],
      misconception:
        'Cada contêiner executa um sistema operacional completo com kernel próprio sobre um hypervisor, por isso isola mais do que uma máquina virtual, porém inicia mais devagar.',
    },
  },
];
