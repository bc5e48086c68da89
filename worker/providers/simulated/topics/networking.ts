import type { Topic } from '../topic.ts';

export const NETWORKING: Topic[] = [
  {
    keywords: ['vpc endpoint', 'vpc endpoints', 'gateway endpoint', 'interface endpoint', 'privatelink'],
    en: {
      title: 'VPC endpoints',
      variants: [
        'A VPC endpoint connects a VPC to AWS services privately, without an internet gateway, NAT device or public IP addresses. Gateway endpoints serve S3 and DynamoDB through route table entries and are free of charge. Interface endpoints use AWS PrivateLink: an elastic network interface with a private IP, billed by the hour and by data.',
        'With a VPC endpoint, traffic to services such as S3 stays on the AWS network instead of crossing the internet. There are gateway endpoints (S3 and DynamoDB, added to the route table, no charge) and interface endpoints (powered by PrivateLink, a network interface in your subnet, charged per hour).',
        'VPC endpoints give private subnets access to AWS services with no NAT gateway or internet gateway. S3 and DynamoDB use gateway endpoints, which are route table targets and cost nothing; most other services use interface endpoints, which are PrivateLink network interfaces with private IP addresses and an hourly price.',
      ],
      misconception:
        'A VPC endpoint is a public address of your VPC on the internet. It needs an internet gateway, and its main use is to let outside users reach your EC2 instances.',
    },
    pt: {
      title: 'VPC endpoints',
      variants: [
        'Um VPC endpoint liga uma VPC a serviços da AWS de forma privada, sem internet gateway, NAT nem IP público. Os gateway endpoints atendem o S3 e o DynamoDB por meio da tabela de rotas e não têm custo. Os interface endpoints usam o AWS PrivateLink: uma interface de rede com IP privado, cobrada por hora e por dados.',
        'Com um VPC endpoint, o tráfego para serviços como o S3 permanece na rede da AWS em vez de passar pela internet. Existem os gateway endpoints (S3 e DynamoDB, na tabela de rotas, sem custo) e os interface endpoints (baseados no PrivateLink, uma interface de rede na sua sub-rede, cobrados por hora).',
        'VPC endpoints dão às sub-redes privadas acesso aos serviços da AWS sem NAT gateway nem internet gateway. S3 e DynamoDB usam gateway endpoints, que são destinos na tabela de rotas e gratuitos; a maioria dos outros serviços usa interface endpoints, interfaces de rede do PrivateLink com IP privado e preço por hora.',
      ],
      misconception:
        'Um VPC endpoint é um endereço público da sua VPC na internet. Ele precisa de um internet gateway e serve para que usuários externos acessem suas instâncias EC2.',
    },
  },
  {
    keywords: [
      'security group',
      'security groups',
      'nacl',
      'nacls',
      'network acl',
      'grupo de seguranca',
      'stateful',
      'stateless',
    ],
    en: {
      title: 'security groups and network ACLs',
      variants: [
        'A security group works at the level of the instance (its network interface) and is stateful: replies to allowed traffic are allowed automatically. It has allow rules only. A network ACL works at the level of the subnet, is stateless, so replies need their own rule, and has numbered allow and deny rules evaluated in order.',
        'Security groups are stateful firewalls for instances with only allow rules, all evaluated together. Network ACLs are stateless firewalls for a whole subnet, with allow and deny rules processed by number. To block one IP address you need the network ACL, as a security group cannot deny.',
        'The two differ in scope and state. Security group: attached to a network interface, stateful, allow rules only. Network ACL: attached to a subnet, stateless so that return traffic must be allowed explicitly, with ordered allow and deny rules.',
      ],
      misconception:
        'A security group is stateless and protects the whole subnet, so you must open the return traffic explicitly. A network ACL is stateful and is attached to each instance.',
    },
    pt: {
      title: 'security groups e network ACLs',
      variants: [
        'Um security group atua no nível da instância (sua interface de rede) e é stateful: as respostas ao tráfego permitido passam automaticamente. Só tem regras de permissão. Uma network ACL atua no nível da sub-rede, é stateless, portanto as respostas precisam de regra própria, e tem regras numeradas de permitir e negar.',
        'Security groups são firewalls stateful das instâncias, apenas com regras de permissão, avaliadas em conjunto. Network ACLs são firewalls stateless da sub-rede inteira, com regras de permitir e negar processadas por número. Para bloquear um endereço IP é preciso a network ACL, pois o security group não nega.',
        'Os dois diferem no escopo e no estado. Security group: ligado à interface de rede, stateful, só permite. Network ACL: ligada à sub-rede, stateless, de modo que o tráfego de retorno deve ser permitido explicitamente, com regras ordenadas de permitir e negar.',
      ],
      misconception:
        'O security group é stateless e protege a sub-rede inteira, por isso é preciso liberar o tráfego de retorno. A network ACL é stateful e fica ligada a cada instância.',
    },
  },
  {
    keywords: ['cloudfront', 'cdn', 'content delivery', 'edge location', 'edge locations', 'rede de entrega'],
    en: {
      title: 'CloudFront and content delivery networks',
      variants: [
        'Amazon CloudFront is a content delivery network. It caches content at edge locations near the users, which lowers latency and takes load off the origin, such as an S3 bucket or a load balancer. The TTL decides how long an object stays cached, and an invalidation removes it sooner.',
        'A CDN such as CloudFront serves cached copies from edge locations close to the user. A miss is fetched from the origin (S3, a load balancer or any HTTP server) and kept for the TTL. The result is lower latency, less load on the origin and protection at the edge with AWS Shield and WAF.',
        'CloudFront keeps copies of your content in edge locations around the world, so that requests are answered near the user with low latency. What is not cached comes from the origin, for example an S3 bucket; cache behaviours and the TTL control what is cached and for how long.',
      ],
    },
    pt: {
      title: 'CloudFront e redes de entrega de conteúdo (CDN)',
      variants: [
        'O Amazon CloudFront é uma rede de entrega de conteúdo (CDN). Ele guarda o conteúdo em cache nas edge locations próximas dos usuários, o que reduz a latência e alivia a origem, como um bucket S3 ou um balanceador de carga. O TTL define por quanto tempo um objeto fica no cache, e uma invalidação o remove antes.',
        'Uma CDN como o CloudFront serve cópias em cache a partir de edge locations próximas do usuário. O que não está no cache é buscado na origem (S3, balanceador de carga ou qualquer servidor HTTP) e guardado durante o TTL. O resultado é menor latência e menos carga na origem.',
        'O CloudFront mantém cópias do conteúdo em edge locations pelo mundo, de modo que os pedidos são atendidos perto do usuário com baixa latência. O que não está no cache vem da origem, por exemplo um bucket S3; o TTL controla por quanto tempo cada objeto permanece.',
      ],
    },
  },
];
